namespace ITwinOrleans.Backend.Live.Undo;

/// <summary>The types of values in a changeset (sqlite.org, sqlite3session.c, "CHANGESET FORMAT").</summary>
internal enum RowValueType : byte
{
    Undefined = 0,
    Integer = 1,
    Float = 2,
    Text = 3,
    Blob = 4,
    Null = 5,
}
