namespace Aisle.Events.Rules;

/// <summary>The ranges of an event's fields, for whoever reads one: the collector from a sender, the event
/// function from the queue.</summary>
internal static class EventBounds
{
    /// <summary>Characters of a device or page type.</summary>
    public const int MaxWord = 64;

    /// <summary>A day: what loads or dwells longer was not measured but left open.</summary>
    public const long MaxMilliseconds = 86_400_000;

    /// <summary>Pieces of one line.</summary>
    public const long MaxQuantity = 1_000_000;

    /// <summary>Positions of a slate.</summary>
    public const long MaxPosition = 1_000;

    /// <summary>The first instant that any shop's history may have.</summary>
    public static readonly DateTimeOffset Oldest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>No clock of ours goes beyond it.</summary>
    public static readonly DateTimeOffset Newest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How far a sender's clock may be ahead of the collector's.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);

    /// <summary>Whether the text can be the word of a device or page.</summary>
    public static bool IsWord(string text) => text.Length is > 0 and <= MaxWord && !text.AsSpan().ContainsAnyInRange('\0', '\u001f');

    /// <summary>Microseconds are what every store keeps.</summary>
    public static DateTimeOffset ToMicros(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
