using ITwinOrleans.Grains.Files;

namespace ITwinOrleans.Durability.Tests.Support;

/// <summary>A store whose connections break after some bytes, and that counts.</summary>
internal sealed class UnreliableStore(IFileStore inner) : IFileStore
{
    private int _reads;

    public Queue<int> Breaks { get; private set; } = [];

    public int[] BreakAfter
    {
        set => Breaks = new Queue<int>(value);
    }

    public int Reads => _reads;

    public List<long> Offsets { get; } = [];

    public Task<StoredFile> PutAsync(string name, Stream content, CancellationToken cancellationToken) => inner.PutAsync(name, content, cancellationToken);

    public async Task<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        Offsets.Add(offset);
        Stream? content = await inner.OpenReadAsync(name, offset, cancellationToken);
        return content is not null && Breaks.TryDequeue(out var bytes) ? new EndingStream(content, bytes) : content;
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string folder, CancellationToken cancellationToken) => inner.ListAsync(folder, cancellationToken);

    private sealed class EndingStream(Stream inner, int bytes) : MemoryStream
    {
        private int _left = bytes;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left == 0)
                throw new IOException("The connection broke.");
            var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
