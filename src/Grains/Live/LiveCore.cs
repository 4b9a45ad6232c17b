using ITwinOrleans.Grains.Live.Feed;
using ITwinOrleans.Grains.Live.Writing;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Grains.Workers;
using ITwinOrleans.Worker.Work;

namespace ITwinOrleans.Grains.Live;

/// <summary>The parts of a live iModel that the opening of its file needs: they are there before the file is.</summary>
internal sealed class LiveCore
{
    public LiveCore(string key, OwnerContext context, IWorker worker, IModelWorkerClient client)
    {
        var options = context.Live.Options;
        Client = new LiveWorkerClient(worker);
        Feed = new FeedWindow(options.WindowCommits, options.WindowBytes);
        Gate = new OutputGate(Feed, options.JournalRetryInterval, context.Time);
        Versions = new VersionKeeper(key, context, Gate);
        Opener = new WritableOpener(key, context, client, Client, Feed, Gate, Versions);
    }

    public LiveWorkerClient Client { get; }

    public FeedWindow Feed { get; }

    public OutputGate Gate { get; }

    public WritableOpener Opener { get; }

    public VersionKeeper Versions { get; }

    public WriteTurns Turns { get; } = new();
}
