using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Aisle.Events;

namespace Aisle.Privacy;

/// <summary>Turns the shop's raw user ids into pseudonyms at the edge, so that no raw id is ever stored or logged:
/// base64url(HMAC-SHA-256(key, UTF-8 id)).</summary>
/// <remarks>The same id and key give the same pseudonym; without the key nobody can tell which id it was. A new key begins a new identity
/// space. Safe for use by several threads.</remarks>
public sealed class Pseudonymizer
{
    /// <summary>The shortest key that is accepted, in bytes.</summary>
    public const int MinKeyLength = 32;

    private readonly byte[] _key;

    /// <summary>Takes the shop's key.</summary>
    /// <param name="key">At least <see cref="MinKeyLength"/> random bytes.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public Pseudonymizer(ReadOnlySpan<byte> key)
    {
        if (key.Length < MinKeyLength)
        {
            throw new ArgumentException($"The pseudonym key has at least {MinKeyLength} random bytes.", nameof(key));
        }

        _key = key.ToArray();
    }

    /// <summary>The pseudonym of a shopper: 43 characters.</summary>
    /// <exception cref="ArgumentException"><paramref name="rawId"/> is null or blank.</exception>
    public UserId UserOf(string rawId) => new(Of(rawId));

    /// <summary>The pseudonym under which a visitor is assigned to experiments. Equal text to
    /// <see cref="UserOf"/> for the same id.</summary>
    /// <exception cref="ArgumentException"><paramref name="rawId"/> is null or blank.</exception>
    public AssignmentId AssignmentOf(string rawId) => new(Of(rawId));

    private string Of(string rawId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(rawId);
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(rawId), digest);
        return Base64Url.EncodeToString(digest);
    }
}
