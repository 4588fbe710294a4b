using System.Globalization;

namespace Aisle.Local.Import.Reading;

/// <summary>Reads times in the forms that data sets use; a time without an offset is UTC.</summary>
internal static class ImportedTime
{
    // Seconds until the year 2128, then milliseconds, microseconds and nanoseconds, from 1973 on.
    private const long LargestSeconds = 5_000_000_000;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "yyyyMMdd",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy/MM/dd HH:mm:ss", "yyyy/MM/dd",
        "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss", "M/d/yyyy",
    ];

    /// <summary>The instant, UTC; null when the text is none.</summary>
    /// <param name="text">ISO 8601 in its variants, month/day/year, a Unix time in seconds, milliseconds,
    /// microseconds or nanoseconds.</param>
    /// <param name="format">How it is written, in .NET's letters; null to look.</param>
    public static DateTimeOffset? Parse(string text, string? format)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        if (format is not null)
        {
            return DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, Utc, out DateTimeOffset exact) ? exact : null;
        }

        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Utc, out DateTimeOffset instant))
        {
            return instant;
        }

        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ? Unix(number) : null;
    }

    private static DateTimeOffset? Unix(decimal number)
    {
        decimal seconds = number switch
        {
            <= LargestSeconds => number,
            <= LargestSeconds * 1000m => number / 1000m,
            <= LargestSeconds * 1_000_000m => number / 1_000_000m,
            _ => number / 1_000_000_000m,
        };
        return seconds is <= 0 or > LargestSeconds ? null : DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
    }
}
