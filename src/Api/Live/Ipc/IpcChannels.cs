namespace ITwinOrleans.Api.Live.Ipc;

/// <summary>iTwin.js's channels (core-common <c>ipcAppChannels</c>, with its prefix), and the one for editing.</summary>
internal static class IpcChannels
{
    public const string Functions = "itwin.itwinjs-core/ipc-app", Edit = "itwin.itwin-orleans/edit";

    public static string Txns(string key) => $"itwin.itwinjs-core/txns/{key}";

    public static string EditingScope(string key) => $"itwin.itwinjs-core/editing-scope/{key}";
}
