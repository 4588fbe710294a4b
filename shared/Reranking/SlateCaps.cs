namespace Aisle.Reranking;

/// <summary>How many products of one kind a slate may show. A cap gives way only when the slate would otherwise
/// be shorter than asked for.</summary>
/// <param name="MaxPerCategory">Of one category, at least 1; null for no cap. Products without a category are not counted.</param>
/// <param name="MaxPerBrand">Of one brand, at least 1; null for no cap. Products without a brand are not counted.</param>
public sealed record SlateCaps(int? MaxPerCategory, int? MaxPerBrand)
{
    /// <summary>No cap.</summary>
    public static SlateCaps None { get; } = new(null, null);

    /// <summary>Whether nothing is capped.</summary>
    public bool IsNone => MaxPerCategory is null && MaxPerBrand is null;

    /// <summary>The narrower of both.</summary>
    public SlateCaps Below(SlateCaps other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new SlateCaps(Least(MaxPerCategory, other.MaxPerCategory), Least(MaxPerBrand, other.MaxPerBrand));
    }

    /// <summary>Refuses caps that would let nothing through.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A cap is below 1.</exception>
    public void Validate()
    {
        if (MaxPerCategory < 1 || MaxPerBrand < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(MaxPerCategory), "A cap is at least 1; leave it out for none.");
        }
    }

    private static int? Least(int? first, int? second) => first is { } one && second is { } two ? Math.Min(one, two) : first ?? second;
}
