using System.Collections.Concurrent;

namespace ITwinOrleans.Api.Catalog;

/// <summary>How far the uploads are that run now, for whoever asks while they run.</summary>
internal sealed class UploadProgress
{
    private readonly ConcurrentDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);

    /// <summary>The uploads that run now.</summary>
    public IReadOnlyList<UploadStatus> Running => [.. _uploads.Values.Select(upload => upload.Status).OrderBy(status => status.Key, StringComparer.Ordinal)];

    /// <summary>Begins an upload; null when one of that key runs already.</summary>
    public Upload? TryBegin(string key, long? totalBytes)
    {
        var upload = new Upload(this, key, totalBytes);
        return _uploads.TryAdd(key, upload) ? upload : null;
    }

    /// <summary>One running upload; it ends when it is disposed.</summary>
    internal sealed class Upload(UploadProgress owner, string key, long? totalBytes) : IProgress<long>, IDisposable
    {
        private long _bytes;

        public UploadStatus Status => new(key, Interlocked.Read(ref _bytes), totalBytes);

        public void Report(long value) => Interlocked.Exchange(ref _bytes, value);

        public void Dispose() => owner._uploads.TryRemove(KeyValuePair.Create(key, this));
    }
}
