using System.Security.Cryptography;

namespace Aisle.GoogleCloud.Bucket;

/// <summary>One file of a bundle.</summary>
/// <param name="Name">Within the bundle's folder.</param>
/// <param name="Digest">SHA-256 of its bytes, 64 hexadecimal digits.</param>
internal sealed record BundleFile(string Name, string Digest)
{
    /// <summary>Copies a file and digests it on the way.</summary>
    public static async Task<BundleFile> CopyAsync(string name, string from, string to, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream source = File.OpenRead(Path.Combine(from, name));
        await using FileStream target = File.Create(Path.Combine(to, name));
        byte[] buffer = new byte[1 << 20];
        for (int read = await source.ReadAsync(buffer, cancellationToken); read > 0; read = await source.ReadAsync(buffer, cancellationToken))
        {
            hash.AppendData(buffer.AsSpan(0, read));
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return new BundleFile(name, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
