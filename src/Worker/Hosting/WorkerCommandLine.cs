using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ITwinOrleans.Worker.Protocol;

namespace ITwinOrleans.Worker.Hosting;

/// <summary>How a worker process is told where its owner is: <c>--socket PATH --parent PID</c>, and a token in its environment.</summary>
/// <param name="Socket">The Unix domain socket that the owner listens on.</param>
/// <param name="Parent">The owner's process id.</param>
/// <param name="Token">Proves to the owner that this is the process that it started.</param>
internal sealed record WorkerCommandLine(string Socket, int Parent, byte[] Token)
{
    /// <summary>The environment variable of the token, in hexadecimal digits.</summary>
    public const string TokenVariable = "ITWINORLEANS_WORKER_TOKEN";

    public string[] ToArguments() => ["--socket", Socket, "--parent", Parent.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Reads it; false with what is wrong. Other arguments are the handler's.</summary>
    public static bool TryParse(
        IReadOnlyList<string> args, string? token, [NotNullWhen(true)] out WorkerCommandLine? commandLine, [NotNullWhen(false)] out string? fault)
    {
        commandLine = null;
        fault = null;
        var socket = ValueOf(args, "--socket");
        if (string.IsNullOrEmpty(socket))
            fault = "--socket PATH is missing: the Unix domain socket of the process that starts the worker.";
        else if (!int.TryParse(ValueOf(args, "--parent"), NumberStyles.None, CultureInfo.InvariantCulture, out var parent) || parent == 0)
            fault = "--parent PID is missing or no process id.";
        else if (token is null || token.Length != 2 * Handshake.TokenBytes || !token.All(char.IsAsciiHexDigit))
            fault = $"The environment variable {TokenVariable} is missing or not {2 * Handshake.TokenBytes} hexadecimal digits.";
        else
            commandLine = new WorkerCommandLine(socket, parent, Convert.FromHexString(token));
        return fault is null;
    }

    private static string? ValueOf(IReadOnlyList<string> args, string name)
    {
        for (var i = 0; i + 1 < args.Count; i++)
        {
            if (args[i] == name)
                return args[i + 1];
        }
        return null;
    }
}
