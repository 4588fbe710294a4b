namespace Aisle.Local.Retention;

/// <summary>For how long the embedded stores keep what shoppers did.</summary>
public sealed record RetentionOptions
{
    /// <summary>The longest time, and the default.</summary>
    public const int MostDays = 90;

    /// <summary>Days that are kept, in 1 … <see cref="MostDays"/>. Fewer leave less to learn from.</summary>
    public int Days { get; init; } = MostDays;

    /// <summary>How many rows are removed in one transaction; default 50,000, positive.</summary>
    public int RowsAtOnce { get; init; } = 50_000;
}
