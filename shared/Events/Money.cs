namespace Aisle.Events;

/// <summary>Amounts between their two forms: decimal numbers on the wire, whole minor units inside, so that sums are exact.</summary>
public static class Money
{
    /// <summary>How many decimal digits the currency has: 2 for most, 0 for yen, 3 for dinars (ISO 4217).</summary>
    /// <param name="currency">Three capital letters.</param>
    public static int Digits(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI" or "VND" or "VUV"
            or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>Whether the text has the form of an ISO 4217 code: three capital letters.</summary>
    public static bool IsCurrency(string? currency) =>
        currency is { Length: 3 } && !currency.AsSpan().ContainsAnyExceptInRange('A', 'Z');

    /// <summary>The amount in minor units; digits beyond the currency's own are rounded half to even.</summary>
    /// <returns>Null when the amount does not fit into 64 bits.</returns>
    public static long? ToMinor(decimal amount, string currency)
    {
        if (Math.Abs(amount) > 9_000_000_000_000_000m)
        {
            return null;
        }

        return (long)Math.Round(amount * Scale(currency), MidpointRounding.ToEven);
    }

    /// <summary>The amount as a decimal number with exactly the currency's digits.</summary>
    public static decimal FromMinor(long minor, string currency) =>
        new decimal(minor) / Scale(currency) + new decimal(0, 0, 0, false, (byte)Digits(currency));

    private static decimal Scale(string currency) => Digits(currency) switch { 0 => 1m, 3 => 1000m, _ => 100m };
}
