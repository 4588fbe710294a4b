namespace Aisle.Reranking.Rules;

/// <summary>A category that is bought again, as written.</summary>
internal sealed record RepeatPurchaseEntry
{
    private const double MostDays = 3650;

    /// <summary>Which category.</summary>
    public string? Category { get; init; }

    /// <summary>After how many days, 0 for at once; null for the interval that was learnt.</summary>
    public double? AfterDays { get; init; }

    /// <summary>The entry of a setting.</summary>
    public static RepeatPurchaseEntry Of(RepeatPurchase repeat) => new() { Category = repeat.Category, AfterDays = repeat.After?.TotalDays };

    /// <summary>The setting of an entry, or null when something is wrong; what is wrong is added to <paramref name="problems"/>.</summary>
    public RepeatPurchase? ToRepeatPurchase(string place, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(Category))
        {
            problems.Add($"{place}.category: missing; name a category or subcategory of the catalogue.");
            return null;
        }

        if (AfterDays is not (null or (>= 0 and <= MostDays)))
        {
            problems.Add($"{place}.after_days: not in 0 … {MostDays}; say after how many days it is shown again, or leave it out for the "
                + "interval that orders show.");
            return null;
        }

        return new RepeatPurchase(Category, AfterDays is { } days ? TimeSpan.FromDays(days) : null);
    }
}
