using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace ITwinOrleans.Grains.Durability.Wal;

/// <summary>Reads what the commits of a live iModel changed out of its write-ahead log, while the worker goes on writing.</summary>
/// <remarks>
/// What is after the last commit frame, or has a wrong checksum, is not committed (yet) and not looked at. Frames of commits are never written again
/// before the log starts over, which only a checkpoint does; so a page's image before a change is its last one in the log, else the one in the main file.
/// </remarks>
internal sealed class WalReader : IDisposable
{
    private const int FrameHeaderBytes = 24;

    private readonly string _path;
    private readonly SafeFileHandle _main;
    private readonly Dictionary<uint, long> _known = [];
    private SafeFileHandle? _log;
    private WalPosition _position;
    private long _size;
    private byte[] _frame = [];

    /// <summary>Starts with a file that has no log: what is written from now on is news.</summary>
    /// <exception cref="InvalidOperationException">There is a log already.</exception>
    public WalReader(string iModelPath)
    {
        _path = iModelPath + "-wal";
        if (File.Exists(_path) && new FileInfo(_path).Length > 0)
            throw new InvalidOperationException($"{_path} is there already: what it has was not followed.");
        _main = File.OpenHandle(iModelPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _size = RandomAccess.GetLength(_main);
    }

    /// <summary>The main file: what it has stays the same between checkpoints.</summary>
    public SafeFileHandle Main => _main;

    /// <summary>The size of the database after the last change that was accepted.</summary>
    public long MainBytes => Volatile.Read(ref _size);

    /// <summary>How many bytes of the log are behind this reader.</summary>
    public long Offset => _position.Offset;

    /// <summary>What was committed since the position of the last <see cref="Accept"/>; null if nothing was.</summary>
    /// <exception cref="JournalBrokenException">The log was started over by somebody else: what was not read of it may be lost.</exception>
    public WalChanges? Read()
    {
        // Opened anew each time: closing the database removes the file, and one of the same name may have taken its place.
        _log?.Dispose();
        _log = OpenLog();
        WalHeader? header = _log is null ? null : ReadHeader(_log);
        if (_position.Salt != (header?.Salt ?? 0) && _position.Salt != 0)
            throw new JournalBrokenException($"{_path} was started over by a checkpoint that the journal did not ask for.");
        if (header is null)
            return null;
        if (_position.Salt == 0)
            _position = new WalPosition(header.Value.Salt, WalHeader.Bytes, header.Value.Checksum);
        return ReadFrames(_log!, header.Value.PageSize);
    }

    /// <summary>These changes are safe: the next <see cref="Read"/> goes on behind them.</summary>
    public void Accept(WalChanges changes)
    {
        foreach (var (page, offset) in changes.Frames)
            _known[page] = offset;
        _position = changes.End;
        _size = (long)changes.Pages * changes.PageSize;
    }

    /// <summary>A checkpoint was made of all that was accepted. Says whether the log is empty and the main file therefore has everything.</summary>
    public bool AfterCheckpoint()
    {
        _log?.Dispose();
        _log = OpenLog();
        if (_log is not null && ReadHeader(_log) is { } header && header.Salt == _position.Salt)
            return false;
        _known.Clear();
        _position = default;
        return true;
    }

    /// <summary>Reads a page's image out of changes.</summary>
    public void ReadPage(WalChanges changes, uint page, Span<byte> image) => ReadExactly(_log!, image, changes.Frames[page]);

    /// <summary>Reads a page's image of before the changes that are not accepted yet; zeros of a page behind the database's end.</summary>
    public void ReadOldPage(uint page, Span<byte> image)
    {
        var at = (page - 1L) * image.Length;
        if (at >= _size)
            image.Clear();
        else if (_known.TryGetValue(page, out var offset))
            ReadExactly(_log!, image, offset);
        else
            image[RandomAccess.Read(_main, image, at)..].Clear();
    }

    public void Dispose()
    {
        _log?.Dispose();
        _main.Dispose();
    }

    private SafeFileHandle? OpenLog()
    {
        try
        {
            return File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static WalHeader? ReadHeader(SafeFileHandle log)
    {
        Span<byte> bytes = stackalloc byte[WalHeader.Bytes];
        return WalHeader.Parse(bytes[..RandomAccess.Read(log, bytes, 0)]);
    }

    private WalChanges? ReadFrames(SafeFileHandle log, int pageSize)
    {
        if (_frame.Length != FrameHeaderBytes + pageSize)
            _frame = new byte[FrameHeaderBytes + pageSize];
        Dictionary<uint, long> transaction = [];
        SortedDictionary<uint, long> committed = [];
        var (pages, end, offset, checksum) = (0u, _position, _position.Offset, _position.Checksum);
        while (RandomAccess.Read(log, _frame, offset) == _frame.Length && IsNext(ref checksum))
        {
            transaction[BinaryPrimitives.ReadUInt32BigEndian(_frame)] = offset + FrameHeaderBytes;
            offset += _frame.Length;
            if (BinaryPrimitives.ReadUInt32BigEndian(_frame.AsSpan(4)) is var size and not 0)
            {
                (pages, end) = (size, _position with { Offset = offset, Checksum = checksum });
                foreach (var (page, at) in transaction)
                    committed[page] = at;
                transaction.Clear();
            }
        }

        // A later commit of these may have cut the database.
        foreach (var cut in committed.Keys.Where(page => page > pages).ToArray())
            committed.Remove(cut);
        return end == _position ? null : new WalChanges(committed, pages, pageSize, end);
    }

    // A frame of this generation whose checksum goes on from the one before.
    private bool IsNext(ref WalChecksum checksum)
    {
        if (BinaryPrimitives.ReadUInt64BigEndian(_frame.AsSpan(8)) != _position.Salt)
            return false;
        WalChecksum next = checksum.Add(_frame.AsSpan(0, 8)).Add(_frame.AsSpan(FrameHeaderBytes));
        if (!next.IsStoredIn(_frame.AsSpan(16)))
            return false;
        checksum = next;
        return true;
    }

    private static void ReadExactly(SafeFileHandle file, Span<byte> image, long offset)
    {
        if (RandomAccess.Read(file, image, offset) != image.Length)
            throw new EndOfStreamException("The write-ahead log became shorter while it was read.");
    }
}
