using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Aisle.Http;

/// <summary>The API keys of a shop: for each role one or, while they are being rotated, two.</summary>
/// <remarks>Keys are kept and compared as SHA-256 digests, in constant time, so neither length nor prefix leaks.</remarks>
public sealed class ApiKeys
{
    private const string Bearer = "Bearer ";
    private const int MaxLength = 512;

    private readonly Dictionary<ApiRole, byte[][]> _digests;

    /// <summary>Takes the keys of each role.</summary>
    /// <exception cref="ArgumentException">A key is shorter than 16 characters.</exception>
    public ApiKeys(IReadOnlyDictionary<ApiRole, IReadOnlyList<string>> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Values.SelectMany(list => list).Any(key => key.Length < 16))
        {
            throw new ArgumentException("An API key has at least 16 characters; make one of 32 random bytes.", nameof(keys));
        }

        _digests = keys.ToDictionary(pair => pair.Key, pair => pair.Value.Select(Digest).ToArray());
    }

    /// <summary>Whether the request carries a key of the role or of <see cref="ApiRole.Operator"/>, in
    /// <c>X-Api-Key</c> or as a bearer token.</summary>
    /// <remarks>A collector's key, which stands in the shop's pages for all to read, may also be the query's <c>key</c>: a beacon carries
    /// no headers. No other key is taken from there, for addresses are logged.</remarks>
    public bool Allows(ApiRole role, HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (role == ApiRole.None)
        {
            return true;
        }

        if (Presented(request) is not { Length: > 0 and <= MaxLength } key)
        {
            return role == ApiRole.Collector && (string?)request.Query["key"] is { Length: > 0 and <= MaxLength } open && Matches(role, Digest(open));
        }

        byte[] digest = Digest(key);
        return Matches(role, digest) | Matches(ApiRole.Operator, digest);
    }

    private static string? Presented(HttpRequest request)
    {
        string? header = request.Headers["X-Api-Key"];
        string? authorization = request.Headers.Authorization;
        return header ?? (authorization?.StartsWith(Bearer, StringComparison.Ordinal) == true ? authorization[Bearer.Length..] : null);
    }

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private bool Matches(ApiRole role, byte[] digest)
    {
        bool found = false;
        foreach (byte[] known in _digests.GetValueOrDefault(role) ?? [])
        {
            found |= CryptographicOperations.FixedTimeEquals(known, digest);
        }

        return found;
    }
}
