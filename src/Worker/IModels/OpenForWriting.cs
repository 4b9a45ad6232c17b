namespace ITwinOrleans.Worker.IModels;

/// <summary>An opening for writing.</summary>
/// <param name="Epoch">The ownership under which it is opened: greater than any that the file was opened under before.</param>
/// <param name="Owner">Who owns it, for the error that a second owner gets.</param>
public sealed record OpenForWriting(long Epoch, string Owner);
