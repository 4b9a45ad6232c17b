namespace ITwinOrleans.Worker.IModels;

/// <summary>The parameters of <see cref="IModelWork.Open"/>.</summary>
/// <param name="Handle">What the owner calls this opening of the file; new for each opening, so that an old one and its successor are never mixed up.</param>
/// <param name="Key">The iModel's key, as its frontends know it.</param>
/// <param name="Path">The file's full path.</param>
/// <param name="Write">How it is opened for writing; null for reading.</param>
public sealed record OpenWork(string Handle, string Key, string Path, OpenForWriting? Write = null);
