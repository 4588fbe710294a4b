using System.Security.Cryptography;
using System.Text;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>Ids of documents: spread evenly, so that no range of keys grows hot, and free of what Firestore forbids in a path.</summary>
internal static class DocumentIds
{
    /// <summary>An id for any text: the first 128 bits of its SHA-256, as 32 hexadecimal digits. Documents keep
    /// the text itself in a field.</summary>
    public static string Hashed(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    /// <summary>An id that an operator can read, for the few documents where load does not matter: the text,
    /// percent-encoded, after a letter.</summary>
    public static string Readable(string text) => "k" + Uri.EscapeDataString(text);
}
