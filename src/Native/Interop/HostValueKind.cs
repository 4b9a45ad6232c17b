namespace ITwinOrleans.Native.Interop;

/// <summary><c>itwin_kind</c> of the C interface.</summary>
internal enum HostValueKind
{
    Undefined = 0,
    Null = 1,
    Boolean = 2,
    Number = 3,
    String = 4,
    Json = 5,
    Binary = 6,
    Handle = 7,
    Pending = 8,
    Error = 9,
    Callback = 10,
    Constant = 11,
}
