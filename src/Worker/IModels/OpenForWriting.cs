namespace ITwinOrleans.Worker.IModels;

/// <summary>An opening for writing.</summary>
/// <param name="Epoch">The ownership under which it is opened: greater than any that the file was opened under before.</param>
/// <param name="Owner">Who owns it, for the error that a second owner gets.</param>
/// <param name="KeepLog">Whether SQLite's log is kept until <see cref="IModelWork.Checkpoint"/>, because a journal reads it.</param>
public sealed record OpenForWriting(long Epoch, string Owner, bool KeepLog = false);
