namespace ITwinOrleans.Native.Txns;

/// <summary>What happened to a row (iTwin.js: <c>DbOpcode</c>, numbers of SQLite).</summary>
public enum ChangeOpcode
{
    Delete = 9,
    Insert = 18,
    Update = 23,
}
