using System.Text.Json;
using ITwinOrleans.Backend.IModels;
using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Backend.Live.Feed;
using ITwinOrleans.Native.Errors;

namespace ITwinOrleans.Backend.Live.Commits;

/// <summary>Commits what was applied, together with its record; on the engine thread.</summary>
internal sealed class Committer(IModelDb iModel, LiveConnection connection, ConflictCheck conflicts, LiveOptions options, TimeProvider time)
{
    // The root subject, whose name frontends are told when they connect.
    private const ulong RootSubject = 1;

    // Old commits are forgotten now and then, a bounded number each time.
    private const int ForgetEvery = 64, ForgetMost = 1000;

    private readonly ClassBases _classes = new();

    /// <summary>The newest state.</summary>
    public LiveState State { get; private set; } = connection.Store.ReadHead();

    /// <summary>The state that the next commit makes.</summary>
    public LiveState Next => new(connection.Opening.Epoch, State.Sequence + 1);

    /// <summary>Reads the newest state from the file again, after that was opened anew.</summary>
    public void Reload()
    {
        State = connection.Store.ReadHead();
        conflicts.Reset(State);
    }

    /// <summary>Commits.</summary>
    /// <param name="header">Who, when, why; the number of changes is not known yet.</param>
    /// <param name="hash">Of what the operation consists of.</param>
    /// <param name="root">The edit that an undo or redo goes back to; of an edit its own sequence.</param>
    /// <param name="result">What its author is answered.</param>
    /// <param name="touched">What it says that it changes, beside what the library finds changed.</param>
    /// <exception cref="CommitFailedException">The library could not commit: its connection must not be used any more.</exception>
    public CommitAnswer Commit(LiveCommitHeader header, byte[] hash, long root, LiveResult result, IReadOnlyCollection<ulong> touched)
    {
        ulong[] changed = [.. touched.Order()];
        byte[] record = CommitRecord.Write(header, changed, CommitRecord.WriteNoChanges);
        connection.Store.Add(new StoredCommit(header, hash, root, JsonSerializer.Serialize(result, LiveJson.Default.LiveResult)), record);
        if (header.Sequence % ForgetEvery == 0)
            connection.Store.Forget(header.Sequence - options.KeepCommits, time.GetUtcNow() - options.KeepFor, ForgetMost);
        try
        {
            connection.Capture.Save(connection.Native, header.Description, (native, elements, models) =>
            {
                header = header with { Changed = elements.Count + models.Count };
                ulong[] listed = [.. elements.Ids.Concat(models.Ids)];
                record = CommitRecord.Write(header, [.. changed.Except(listed)], writer =>
                {
                    writer.WritePropertyName("elements"u8);
                    elements.Write(native, _classes, writer);
                    writer.WritePropertyName("models"u8);
                    models.Write(native, _classes, writer);
                    connection.Capture.WriteGeometry(writer);
                });
                connection.Store.Complete(header, record);
                changed = [.. changed.Union(listed)];
            });
        }
        catch (Exception exception) when (exception is NativeException or LiveRefusedException)
        {
            throw new CommitFailedException(exception);
        }

        State = new LiveState(header.Epoch, header.Sequence);
        conflicts.Add(header, changed);
        iModel.OnCommitted(connection.Capture.GeometryModels(), changed.Contains(RootSubject));
        return new CommitAnswer(result, record);
    }
}
