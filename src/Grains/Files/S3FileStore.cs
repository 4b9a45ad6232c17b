using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace ITwinOrleans.Grains.Files;

/// <summary>Shared files in a bucket of an S3-compatible service.</summary>
/// <remarks>
/// A large file is sent in parts, which become a file when all are there. Parts of a silo that died stay invisible; the bucket should have a lifecycle rule that
/// removes incomplete uploads.
/// </remarks>
public sealed class S3FileStore : IFileStore, IDisposable
{
    private readonly S3Options _options;
    private readonly AmazonS3Client _client;

    /// <summary>Connects to nothing yet.</summary>
    public S3FileStore(IOptions<FilesOptions> options)
    {
        _options = options.Value.S3;
        var config = new AmazonS3Config
        {
            ForcePathStyle = _options.ForcePathStyle,
            AuthenticationRegion = _options.Region,

            // Newer checksums are not known to all compatible services. Content is proven by our own hash.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (_options.ServiceUrl is { } url)
            config.ServiceURL = url;
        else
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(_options.Region);
        _client = _options.AccessKey is null ? new AmazonS3Client(config) : new AmazonS3Client(_options.AccessKey, _options.SecretKey, config);
    }

    /// <inheritdoc/>
    public async Task<StoredFile> PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        StoredName.Check(name);
        content.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false));
        var size = content.Position;
        content.Position = 0;
        await RunAsync(
            $"{name} could not be stored",
            async () =>
            {
                if (size <= _options.PartBytes)
                    await PutWholeAsync(name, content, (int)size, cancellationToken).ConfigureAwait(false);
                else
                    await PutPartsAsync(name, content, size, cancellationToken).ConfigureAwait(false);
                GetObjectMetadataResponse stored = await _client.GetObjectMetadataAsync(_options.Bucket, KeyOf(name), cancellationToken).ConfigureAwait(false);
                if (stored.ContentLength != size)
                    throw new FileStoreException($"{name} was stored with {stored.ContentLength} bytes instead of {size}.");
                return true;
            }).ConfigureAwait(false);
        return new StoredFile(name, size, hash);
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancellationToken)
    {
        StoredName.Check(name);
        return RunAsync(
            $"{name} could not be read",
            async () =>
            {
                var request = new GetObjectRequest { BucketName = _options.Bucket, Key = KeyOf(name) };
                if (offset > 0)
                    request.ByteRange = new ByteRange($"bytes={offset}-");
                try
                {
                    GetObjectResponse response = await _client.GetObjectAsync(request, cancellationToken).ConfigureAwait(false);
                    return (Stream?)response.ResponseStream;
                }
                catch (AmazonS3Exception exception) when (exception is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" })
                {
                    return null;
                }
            });
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        StoredName.Check(name);
        return RunAsync($"{name} could not be removed", () => _client.DeleteObjectAsync(_options.Bucket, KeyOf(name), cancellationToken));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoredName.Check(folder);
        var request = new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = KeyOf(folder) + "/" };
        bool more;
        do
        {
            ListObjectsV2Response page = await RunAsync($"{folder} could not be listed", () => _client.ListObjectsV2Async(request, cancellationToken)).ConfigureAwait(false);
            foreach (S3Object file in page.S3Objects ?? [])
                yield return file.Key[_options.Prefix.Length..];
            more = page.IsTruncated ?? false;
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (more);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private string KeyOf(string name) => _options.Prefix + name;

    private async Task PutWholeAsync(string name, Stream content, int size, CancellationToken cancellationToken)
    {
        // All of it is at hand before any is sent: a service may store half of it as late as after it was asked to delete it.
        using var whole = new MemoryStream(size);
        await content.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
        whole.Position = 0;
        try
        {
            var request = new PutObjectRequest { BucketName = _options.Bucket, Key = KeyOf(name), InputStream = whole, AutoCloseStream = false, UseChunkEncoding = false };
            await _client.PutObjectAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Some services keep what came before the connection broke.
            await CleanUpAsync(() => _client.DeleteObjectAsync(_options.Bucket, KeyOf(name), CancellationToken.None)).ConfigureAwait(false);
            throw;
        }
    }

    private async Task PutPartsAsync(string name, Stream content, long size, CancellationToken cancellationToken)
    {
        InitiateMultipartUploadResponse upload = await _client.InitiateMultipartUploadAsync(_options.Bucket, KeyOf(name), cancellationToken).ConfigureAwait(false);
        try
        {
            List<PartETag> parts = [];
            for (long at = 0; at < size; at += _options.PartBytes)
            {
                content.Position = at;
                UploadPartResponse part = await _client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = _options.Bucket,
                        Key = KeyOf(name),
                        UploadId = upload.UploadId,
                        PartNumber = parts.Count + 1,
                        PartSize = Math.Min(_options.PartBytes, size - at),
                        InputStream = content,
                        UseChunkEncoding = false,
                    },
                    cancellationToken).ConfigureAwait(false);
                parts.Add(new PartETag(parts.Count + 1, part.ETag));
            }

            await _client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = _options.Bucket, Key = KeyOf(name), UploadId = upload.UploadId, PartETags = parts },
                cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await CleanUpAsync(() => _client.AbortMultipartUploadAsync(_options.Bucket, KeyOf(name), upload.UploadId, CancellationToken.None)).ConfigureAwait(false);
            throw;
        }
    }

    // Not cancelled by what made the sending end.
    private static async Task CleanUpAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException)
        {
            // The caller is told what went wrong first; no row names what remains.
        }
    }

    private static async Task<T> RunAsync<T>(string failure, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException)
        {
            throw new FileStoreException($"{failure}: {exception.Message}", exception);
        }
    }
}
