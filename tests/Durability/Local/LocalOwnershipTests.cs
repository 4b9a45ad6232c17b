using System.Diagnostics;
using ITwinOrleans.Durability.Tests.Support;
using ITwinOrleans.Grains.Durability;
using ITwinOrleans.Grains.Durability.Local;

namespace ITwinOrleans.Durability.Tests.Local;

public sealed class LocalOwnershipTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly LocalOwnershipStore _store = new(TimeProvider.System), _other = new(TimeProvider.System);
    private readonly string _path;

    public LocalOwnershipTests() => _path = _folder.CopyOf("test.bim");

    public void Dispose()
    {
        _store.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    private OwnershipRequest Request(long expected, string owner = "a") => new("test.bim", _path, new OwnerIdentity(owner, "", Environment.ProcessId), expected);

    [Fact]
    public async Task TakeAsync_while_another_owner_has_the_file_is_refused_and_names_its_process()
    {
        Ownership held = await _store.TakeAsync(Request(0), default);
        var refused = await Assert.ThrowsAsync<OwnershipTakenException>(() => _other.TakeAsync(Request(1, "b"), default));
        Assert.Contains($"process {Environment.ProcessId} (a)", refused.Message);
        await _store.ReleaseAsync(held, default);
        Assert.Equal(2, (await _other.TakeAsync(Request(1, "b"), default)).Epoch);
        await Assert.ThrowsAsync<StaleEpochException>(() => _store.RenewAsync(held, default));
        await Assert.ThrowsAsync<StaleEpochException>(() => _store.ReleaseAsync(held, default));
    }

    [Fact]
    public async Task TakeAsync_by_the_owner_itself_gives_the_next_epoch_and_ends_the_last()
    {
        Ownership first = await _store.TakeAsync(Request(0), default), second = await _store.TakeAsync(Request(1), default);
        Assert.Equal(2, second.Epoch);
        ICommitJournal journal = await new LocalJournals(_store).OpenAsync(second, await new LocalLiveFiles(_store).PrepareAsync(second, default), default);
        await journal.AppendAsync(OwnedIModel.Record(1), default);
        await Assert.ThrowsAsync<StaleEpochException>(() => new LocalLiveFiles(_store).PrepareAsync(first, default));
        await _store.TakeAsync(Request(2), default);
        await Assert.ThrowsAsync<StaleEpochException>(() => journal.AppendAsync(OwnedIModel.Record(2), default));
    }

    [Fact]
    public async Task TakeAsync_that_expects_another_epoch_is_refused()
    {
        await _store.ReleaseAsync(await _store.TakeAsync(Request(0) with { AtLeast = 6 }, default), default);
        Assert.Equal((7, true), await _other.FindAsync("test.bim", _path, default) is { } found ? (found.Epoch, found.Released) : default);
        await Assert.ThrowsAsync<OwnershipTakenException>(() => _other.TakeAsync(Request(6), default));
        Assert.Equal(8, (await _other.TakeAsync(Request(7), default)).Epoch);
    }

    [Fact]
    public async Task Lock_of_a_process_that_was_killed_is_free()
    {
        var start = new ProcessStartInfo("flock", ["--close", "--exclusive", _path + ".owner.lock", "sh", "-c", "echo locked; read -r end"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process holder = Process.Start(start)!;
        Assert.Equal("locked", await holder.StandardOutput.ReadLineAsync());
        var refused = await Assert.ThrowsAsync<OwnershipTakenException>(() => _store.TakeAsync(Request(0), default));
        Assert.Contains("another process", refused.Message);
        holder.Kill();
        await holder.WaitForExitAsync();
        holder.StandardInput.Close();
        Assert.Equal(1, (await _store.TakeAsync(Request(0), default)).Epoch);
    }

    [Fact]
    public async Task TakeAsync_with_a_damaged_owner_file_says_which()
    {
        await File.WriteAllTextAsync(_path + ".owner", "{");
        Assert.Contains(".owner", (await Assert.ThrowsAsync<IOException>(() => _store.TakeAsync(Request(0), default))).Message);
    }
}
