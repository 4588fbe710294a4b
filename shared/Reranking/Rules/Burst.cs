namespace Aisle.Reranking.Rules;

/// <summary>Days on which slates show more that is unlike the rest: an entry of the shop's calendar.</summary>
/// <param name="From">From when, UTC.</param>
/// <param name="Until">Until when, UTC, that moment excluded.</param>
/// <param name="Lambda">λ of that time, in 0 … 1; a slate keeps its own where that is lower already.</param>
/// <param name="Epsilon">ε of that time, in 0 … 1; null leaves it.</param>
public sealed record Burst(DateTimeOffset From, DateTimeOffset Until, double Lambda, double? Epsilon)
{
    /// <summary>Whether it is on.</summary>
    public bool Holds(DateTimeOffset now) => now >= From && now < Until;

    /// <summary>The options of that time.</summary>
    public ComposeOptions Apply(ComposeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { Lambda = Math.Min(options.Lambda, Lambda), Epsilon = Epsilon ?? options.Epsilon };
    }
}
