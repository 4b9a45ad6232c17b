using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;

namespace ITwinOrleans.Api.Rpc;

/// <summary>Writes a result with binary values inside as <c>multipart/form-data</c>: the part <c>objects</c>, then <c>data-0</c>, <c>data-1</c>, ...</summary>
internal sealed class RpcMultipartWriter
{
    private readonly string _boundary = "--------------------------" + RandomNumberGenerator.GetHexString(24, lowercase: true);
    private readonly RpcAnswer _answer;

    public RpcMultipartWriter(RpcAnswer answer) => _answer = answer;

    /// <summary>The body's content type, with its boundary.</summary>
    public string ContentType => $"multipart/form-data; boundary={_boundary}";

    /// <summary>The body's length in bytes.</summary>
    public long Length
    {
        get
        {
            long length = ObjectsHead.Length + _answer.Text.Length + Tail.Length;
            for (int i = 0; i < _answer.Binaries.Count; i++)
                length += BinaryHead(i).Length + _answer.Binaries[i].Length;
            return length;
        }
    }

    private string ObjectsHead => $"--{_boundary}\r\nContent-Disposition: form-data; name=\"objects\"\r\n\r\n";

    private string Tail => $"\r\n--{_boundary}--\r\n";

    /// <summary>Writes the body.</summary>
    public async ValueTask WriteAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        WriteAscii(writer, ObjectsHead);
        await writer.WriteAsync(_answer.Text, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < _answer.Binaries.Count; i++)
        {
            WriteAscii(writer, BinaryHead(i));
            await writer.WriteAsync(_answer.Binaries[i], cancellationToken).ConfigureAwait(false);
        }

        WriteAscii(writer, Tail);
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void WriteAscii(PipeWriter writer, string text) =>
        writer.Advance(Encoding.ASCII.GetBytes(text, writer.GetSpan(text.Length)));

    private string BinaryHead(int index) => string.Create(
        CultureInfo.InvariantCulture,
        $"\r\n--{_boundary}\r\nContent-Disposition: form-data; name=\"data-{index}\"\r\nContent-Type: {RpcProtocol.Binary}\r\n\r\n");
}
