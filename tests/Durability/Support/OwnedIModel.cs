using System.Text;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Native;

namespace ITwinOrleans.Durability.Tests.Support;

/// <summary>An iModel as its owner has it: taken, restored, its journal open, the file open in the engine.</summary>
public sealed class OwnedIModel : IAsyncDisposable
{
    private bool _closed;

    private OwnedIModel(Ownership ownership, string path, ICommitJournal journal, LiveIModel live) =>
        (Ownership, Path, Journal, Live) = (ownership, path, journal, live);

    public Ownership Ownership { get; }

    public string Path { get; }

    public ICommitJournal Journal { get; }

    public LiveIModel Live { get; }

    public static async Task<OwnedIModel> OpenAsync(TestSilo silo, NativeEngine engine, string key, string catalogPath)
    {
        Ownership ownership = await silo.TakeAsync(key, catalogPath);
        var path = await silo.LiveFiles.PrepareAsync(ownership, default);
        ICommitJournal journal = await silo.Journals.OpenAsync(ownership, path, default);
        return new OwnedIModel(ownership, path, journal, await LiveIModel.OpenAsync(engine, path));
    }

    /// <summary>Commits natively and makes it safe.</summary>
    public async Task CommitAsync(long sequence, params string[] labels)
    {
        await Live.CommitAsync(labels);
        await Journal.AppendAsync(Record(sequence), default);
    }

    public static CommitRecord Record(long sequence) => new(sequence, Encoding.UTF8.GetBytes($$"""{"sequence":{{sequence}}}"""));

    /// <summary>Ends as a crashed silo does, as far as the store can see: nothing more is shipped, nothing is released.</summary>
    public async Task AbandonAsync()
    {
        _closed = true;
        await Journal.DisposeAsync();
        await Live.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_closed)
            await AbandonAsync();
    }
}
