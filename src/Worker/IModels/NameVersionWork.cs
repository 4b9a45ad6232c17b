using ITwinOrleans.Backend.Live.Contract;

namespace ITwinOrleans.Worker.IModels;

/// <summary>The parameters of <see cref="IModelWork.NameVersion"/>.</summary>
/// <param name="Handle">The open iModel.</param>
/// <param name="Epoch">The epoch that the owner writes under.</param>
/// <param name="User">Who names it.</param>
/// <param name="Name">The version's name, 1 to 255 characters.</param>
public sealed record NameVersionWork(string Handle, long Epoch, LiveUser User, string Name);
