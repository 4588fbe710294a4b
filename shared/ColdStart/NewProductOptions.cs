namespace Aisle.ColdStart;

/// <summary>How products without a history of their own are placed and promoted.</summary>
public sealed record NewProductOptions
{
    /// <summary>From how many shoppers on a product is established; default 5, at least 1.</summary>
    public int EstablishedFloor { get; init; } = 5;

    /// <summary>How many of the most similar established products lend their factors; default 20, at least 1.</summary>
    public int Lenders { get; init; } = 20;

    /// <summary>How long a product is new; default 7 days.</summary>
    public TimeSpan Newness { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The share of its score that a product gets on top on its first day; default 0.15, in 0 … 1.</summary>
    public double Bonus { get; init; } = 0.15;
}
