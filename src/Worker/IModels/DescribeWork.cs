namespace ITwinOrleans.Worker.IModels;

/// <summary>The parameters of <see cref="IModelWork.Describe"/>.</summary>
/// <param name="Key">The key to name in the answer.</param>
/// <param name="Path">The file's full path.</param>
public sealed record DescribeWork(string Key, string Path);
