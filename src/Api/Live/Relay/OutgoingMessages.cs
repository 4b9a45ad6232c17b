using System.Text.Json;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ITwinOrleans.Api.Live.Relay;

/// <summary>The server's messages. Each is serialised once, for however many clients it is sent to.</summary>
internal static class OutgoingMessages
{
    /// <summary>Commits in order.</summary>
    public static OutgoingMessage Commits(string key, IReadOnlyList<LiveCommit> commits)
    {
        int size = commits.Sum(commit => commit.Record.Length + 1) + 2;
        byte[] array = new byte[size];
        array[0] = (byte)'[';
        int end = 1;
        foreach (LiveCommit commit in commits)
        {
            if (end > 1)
                array[end++] = (byte)',';
            commit.Record.CopyTo(array.AsMemory(end));
            end += commit.Record.Length;
        }

        array[end++] = (byte)']';
        return Make("commits", size, key, new RawJson(array.AsMemory(0, end)));
    }

    /// <summary>The client's state is not in the history any more.</summary>
    public static OutgoingMessage Reload(string key, string reason, LiveState head) =>
        Make("reload", 0, key, new RawJson(JsonSerializer.SerializeToUtf8Bytes(new ReloadNotice(reason, head.Epoch, head.Sequence), LiveHubJson.Default.ReloadNotice)));

    /// <summary>Changes of presence, or everybody.</summary>
    public static OutgoingMessage Presence(string key, ReadOnlyMemory<byte> json) => Make("presence", json.Length, key, new RawJson(json));

    /// <summary>The owner moved.</summary>
    public static OutgoingMessage Moved(string key) => Make("moved", 0, key);

    /// <summary>An event of iTwin.js's IPC.</summary>
    public static OutgoingMessage Ipc(string channel, ReadOnlyMemory<byte> arguments) => Make("ipc", arguments.Length, channel, new RawJson(arguments));

    private static OutgoingMessage Make(string method, int size, params object[] arguments) =>
        new(new SerializedHubMessage(new InvocationMessage(method, arguments)), size);
}
