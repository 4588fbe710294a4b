namespace Aisle.Reranking.Rules;

/// <summary>A burst as written.</summary>
internal sealed record BurstEntry
{
    /// <summary>From when.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>λ of that time.</summary>
    public double? Lambda { get; init; }

    /// <summary>ε of that time.</summary>
    public double? Epsilon { get; init; }

    /// <summary>The entry of a burst.</summary>
    public static BurstEntry Of(Burst burst) => new() { From = burst.From, Until = burst.Until, Lambda = burst.Lambda, Epsilon = burst.Epsilon };

    /// <summary>The burst of an entry, or null when something is wrong; what is wrong is added to <paramref name="problems"/>.</summary>
    public Burst? ToBurst(string place, List<string> problems)
    {
        if (From is not { } from || Until is not { } until || until <= from)
        {
            problems.Add($"{place}.until: missing or not after from; give both times.");
            return null;
        }

        if (Lambda is not (>= 0 and <= 1) || Epsilon is < 0 or > 1)
        {
            problems.Add($"{place}.lambda: missing or not in 0 … 1; a lower lambda shows more variety. The same range holds for epsilon.");
            return null;
        }

        return new Burst(from.ToUniversalTime(), until.ToUniversalTime(), Lambda.Value, Epsilon);
    }
}
