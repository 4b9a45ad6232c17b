using System.Text.Json.Nodes;

namespace ITwinOrleans.Parity.Tests.Steps;

/// <summary>Steps about files, without a native call.</summary>
internal static class FileSteps
{
    public static void Write(CallScope scope, JsonObject spec)
    {
        string target = scope.PathOf(spec["path"]!.GetValue<string>());
        if (spec["text"] is { } text)
            File.WriteAllText(target, text.GetValue<string>());
        else if (spec["base64"] is { } base64)
            File.WriteAllBytes(target, Convert.FromBase64String(base64.GetValue<string>()));
        else if (spec["random"] is { } random)
            File.WriteAllBytes(target, PseudoRandom(random["seed"]!.GetValue<uint>(), random["length"]!.GetValue<int>()));
        else if (spec["head"] is { } head)
            File.WriteAllBytes(target, Original(scope, head)[..head["length"]!.GetValue<int>()]);
        else if (spec["patch"] is { } patch)
            File.WriteAllBytes(target, Patch(Original(scope, patch), patch));
        else
            throw new ListException($"nothing to write to {target}");
    }

    private static byte[] Original(CallScope scope, JsonNode spec) => File.ReadAllBytes(scope.DataPathOf(spec["of"]!.GetValue<string>()));

    private static byte[] Patch(byte[] bytes, JsonNode patch)
    {
        Convert.FromBase64String(patch["base64"]!.GetValue<string>()).CopyTo(bytes, patch["at"]!.GetValue<int>());
        return bytes;
    }

    /// <summary>The same bytes on both sides: a 32-bit linear congruential generator.</summary>
    private static byte[] PseudoRandom(uint seed, int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            seed = unchecked((seed * 1664525) + 1013904223);
            bytes[i] = (byte)(seed >> 24);
        }

        return bytes;
    }
}
