using System.Security.Cryptography;
using System.Text;

namespace ITwinOrleans.Samples.Plant;

/// <summary>GUIDs made from names, so that every run gives the same ones (RFC 9562, version 8).</summary>
internal static class NameGuid
{
    public static string Of(string name)
    {
        Span<byte> bytes = SHA256.HashData(Encoding.UTF8.GetBytes("ITwinOrleans sample plant/" + name)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
