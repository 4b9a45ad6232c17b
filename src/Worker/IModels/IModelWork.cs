namespace ITwinOrleans.Worker.IModels;

/// <summary>The work that a worker does with iModels: the operations' names and the errors that both sides know.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><see cref="Open"/></term><description>JSON: <see cref="OpenWork"/>. Answers the iModel's connection props (iTwin.js <c>IModelConnectionProps</c>).</description></item>
/// <item><term><see cref="Invoke"/></term><description>JSON: the call's parameters, unread; binary 0: <see cref="InvokeHeader"/>; the others: the call's
/// binaries. Answers the reply's JSON; binary 0: one byte, the <c>RpcStatus</c>; the others: the reply's binaries. A reply with an error has
/// <see cref="ReplyError"/> as its JSON.</description></item>
/// <item><term><see cref="Close"/></term><description>JSON: <see cref="HandleWork"/>. Answers nothing; harmless for a handle that is not open.</description></item>
/// <item><term><see cref="Describe"/></term><description>JSON: <see cref="DescribeWork"/>. Opens the file for a moment and answers its connection props.</description></item>
/// </list>
/// </remarks>
public static class IModelWork
{
    /// <summary>Opens an iModel's file under a handle.</summary>
    public const string Open = "iModel.open";

    /// <summary>Runs one RPC operation, on an open iModel or (with an empty handle) on none.</summary>
    public const string Invoke = "iModel.invoke";

    /// <summary>Closes a handle.</summary>
    public const string Close = "iModel.close";

    /// <summary>Says what a file is, without keeping it open.</summary>
    public const string Describe = "iModel.describe";

    /// <summary>The error of an operation whose handle is not open in this worker (any more): nothing ran, open it again and repeat.</summary>
    public const string NotOpenError = "IModelNotOpen";

    /// <summary>The error of work that this handler does not know, or whose parameters it cannot read.</summary>
    public const string BadWorkError = "BadWork";
}
