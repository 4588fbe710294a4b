using Aisle.Privacy;
using Microsoft.Extensions.Configuration;

namespace Aisle.GoogleCloud;

/// <summary>Reads the key of the pseudonyms from the environment variable <c>AISLE_PSEUDONYM_KEY</c>, which a secret fills.</summary>
public static class PseudonymKeyReader
{
    private const string Variable = "AISLE_PSEUDONYM_KEY";

    /// <summary>The pseudonymizer of the shop.</summary>
    /// <exception cref="InvalidOperationException">The variable is missing, no base64, or too short; the message says how to
    /// make one and never tells the key.</exception>
    public static Pseudonymizer Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        byte[] key = new byte[1024];
        return Convert.TryFromBase64String(configuration[Variable]?.Trim() ?? "", key, out int length) && length >= Pseudonymizer.MinKeyLength
            ? new Pseudonymizer(key.AsSpan(0, length))
            : throw new InvalidOperationException(
                $"{Variable} is missing or no key: set it to the base64 of {Pseudonymizer.MinKeyLength} random bytes (openssl rand "
                + $"-base64 {Pseudonymizer.MinKeyLength}), "
                + "and never change it, or every shopper becomes a stranger.");
    }
}
