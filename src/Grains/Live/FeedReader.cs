using ITwinOrleans.Backend.Live.Contract;
using ITwinOrleans.Grains.Live.Calls;
using ITwinOrleans.Grains.Live.Feed;
using ITwinOrleans.Grains.Live.Presence;
using ITwinOrleans.Grains.Live.Sessions;
using ITwinOrleans.Grains.Owners;
using ITwinOrleans.Worker.IModels;

namespace ITwinOrleans.Grains.Live;

/// <summary>Answers readings of the feed: from memory, from the file where that is too old, and by waiting where there is nothing new.</summary>
internal sealed class FeedReader(OwnerContext context, IModelHolder holder, LiveCore core, PresenceBoard presence, SessionRegistry sessions)
{
    private readonly LiveOptions _options = context.Live.Options;
    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <summary>Opens the iModel for writing, or where that is refused for reading.</summary>
    /// <returns>Its newest state, and whether it can be written.</returns>
    /// <exception cref="LiveRefusedException">There is no such iModel.</exception>
    public async Task<(LiveState Head, bool IsWritable)> EnsureOpenAsync(CancellationToken cancellationToken)
    {
        var open = await holder.EnterAsync(cancellationToken, forWriting: true).ConfigureAwait(false)
            ?? throw new LiveRefusedException(LiveRefusals.NotWritable, "There is no such iModel any more.");
        holder.Leave(open);
        return (core.Feed.Head, open.Writing is not null);
    }

    /// <summary>Reads, see <see cref="LiveIModel.ReadAsync"/>.</summary>
    public async Task<LiveNews> ReadAsync(LiveRead read, CancellationToken cancellationToken)
    {
        sessions.See(read.Relay);
        await EnsureOpenAsync(cancellationToken).ConfigureAwait(false);
        var wait = read.MaxWait < _options.MaxReadWait ? read.MaxWait : _options.MaxReadWait;
        using var limit = new CancellationTokenSource(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (true)
        {
            var (feedChanged, presenceChanged) = (core.Feed.Changed, presence.Changed);
            var news = await LookAsync(read, cancellationToken).ConfigureAwait(false);
            if (news.Commits.Count > 0 || news.Reload is not null || !news.Presence.IsEmpty || read.After is null || limit.IsCancellationRequested)
                return news;
            var wantsPresence = read.PresenceVersion >= 0;
            await (wantsPresence ? Task.WhenAny(feedChanged, presenceChanged) : feedChanged).WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();

            // Cursors move all the time: only a commit ends this pause, in which further moves become one.
            if (wantsPresence && !feedChanged.IsCompleted && presenceChanged.IsCompleted)
                await feedChanged.WaitAsync(_options.PresenceInterval, context.Time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<LiveNews> LookAsync(LiveRead read, CancellationToken cancellationToken)
    {
        var news = read.After is { } after
            ? await LookAsync(after, cancellationToken).ConfigureAwait(false)
            : new LiveNews(_owner, core.Feed.Head, []);
        if (read.PresenceVersion < 0)
            return news;
        var known = read.Owner == _owner ? read.PresenceVersion : 0;
        if (known == presence.Version && known > 0)
            return news with { PresenceVersion = known };
        var (version, json, isWhole) = presence.Since(known);
        return version == 0 && read.Owner == _owner ? news : news with { PresenceVersion = version, Presence = json, IsWholePresence = isWhole };
    }

    private async Task<LiveNews> LookAsync(LiveState after, CancellationToken cancellationToken)
    {
        var part = core.Feed.Read(after, _options.MaxReadCommits, _options.MaxReadBytes);
        var head = core.Feed.Head;
        return part.Kind switch
        {
            FeedPartKind.Commits => new LiveNews(_owner, head, part.Commits),
            FeedPartKind.Older => await ReadFileAsync(after, cancellationToken).ConfigureAwait(false),
            _ => new LiveNews(_owner, head, []) { Reload = "The state is not one of this iModel's history: it was restored or replaced." },
        };
    }

    private async Task<LiveNews> ReadFileAsync(LiveState after, CancellationToken cancellationToken)
    {
        var open = await holder.EnterAsync(cancellationToken, forWriting: true).ConfigureAwait(false)
            ?? throw new LiveRefusedException(LiveRefusals.NotWritable, "There is no such iModel any more.");
        try
        {
            var work = new ReadFeedWork(open.Handle, after, _options.MaxReadCommits, _options.MaxReadBytes);
            var (head, commits) = await core.Client.ReadFeedAsync(work, cancellationToken).ConfigureAwait(false);

            // The file may be ahead of what passed the gate.
            var passed = core.Feed.Head;
            return new LiveNews(_owner, passed, [.. commits.TakeWhile(c => c.State.Sequence <= passed.Sequence)]) { Reload = head.Reload };
        }
        finally
        {
            holder.Leave(open);
        }
    }
}
