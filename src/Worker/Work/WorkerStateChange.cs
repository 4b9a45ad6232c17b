namespace ITwinOrleans.Worker.Work;

/// <summary>A change of a worker's state.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="State">Its new state.</param>
/// <param name="Generation">The generation that the change is about.</param>
/// <param name="Loss">Why the generation was lost, where the change is a loss.</param>
public sealed record WorkerStateChange(IWorker Worker, WorkerState State, int Generation, WorkerLossReason? Loss);
