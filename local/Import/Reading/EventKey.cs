using System.Security.Cryptography;
using System.Text;
using Aisle.Events;

namespace Aisle.Local.Import.Reading;

/// <summary>Makes event ids from a row's own fields, so that importing a file again changes nothing.</summary>
internal static class EventKey
{
    private const int DigestBytes = 16;

    /// <summary>The parts with dashes between them; what is too long for an id becomes its SHA-256, cut to 128 bits.</summary>
    public static string Of(string prefix, params ReadOnlySpan<string> parts)
    {
        string text = prefix + "-" + string.Join('-', parts!);
        return Identity.IsValid(text) ? text : $"{prefix}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, DigestBytes))}";
    }

    /// <summary>The SHA-256 of the text, cut to 128 bits, behind a prefix.</summary>
    public static string Digest(string prefix, string text) =>
        $"{prefix}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, DigestBytes))}";
}
