using Aisle.Candidates.Shoppers;
using Aisle.ColdStart;

namespace Aisle.Candidates.Hybrid;

/// <summary>How the sources are fused and which tier a shopper belongs to. Each weight may be an experiment's parameter.</summary>
public sealed record HybridOptions
{
    /// <summary>α, the share of the collaborative source against content in the full hybrid; default 0.6, in 0 … 1.</summary>
    public double Alpha { get; init; } = 0.6;

    /// <summary>β, the weight of log-damped popularity beside the personal sources; default 0.05, in 0 … 10.</summary>
    public double Beta { get; init; } = 0.05;

    /// <summary>The share of nearest neighbours against content in the tier of 3–5 products; default 0.35, in 0 … 1.</summary>
    public double NeighbourShare { get; init; } = 0.35;

    /// <summary>How far behaviour and popularity speak in the tier of 1–2 products, where content speaks for the
    /// rest; by default content alone.</summary>
    public TierMix ContentTier { get; init; } = new();

    /// <summary>The same for the tier of 3–5 products, where neighbours and content share the rest.</summary>
    public TierMix NeighbourTier { get; init; } = new();

    /// <summary>The share of item-to-item walks within the collaborative source, factors the rest; default 0.5, in 0 … 1. Products that no
    /// walk reaches are judged by their factors alone.</summary>
    public double WalkShare { get; init; } = 0.5;

    /// <summary>How many similar users speak in that tier; default 50, at least 1.</summary>
    public int Neighbours { get; init; } = 50;

    /// <summary>From how many distinct products on neighbours are asked; default 3, at least 1.</summary>
    public int NeighboursFrom { get; init; } = 3;

    /// <summary>From how many distinct products on the full hybrid applies; default 6, at least <see cref="NeighboursFrom"/>.</summary>
    public int FullHybridFrom { get; init; } = 6;

    /// <summary>How long a candidate list is; default 100, at least 1.</summary>
    public int ListLength { get; init; } = 100;

    /// <summary>Whether lists leave out what the shopper bought; default true. Serving filters it too; this keeps
    /// the list from filling up with it.</summary>
    public bool LeaveOutPurchased { get; init; } = true;

    /// <summary>Whether lists leave out all that the shopper touched; default false. Offline evaluation masks seen products.</summary>
    public bool LeaveOutTouched { get; init; }

    /// <summary>How new products are promoted.</summary>
    public NewProductOptions NewProducts { get; init; } = new();

    /// <summary>Refuses options that mean nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Share(Alpha, nameof(Alpha));
        TierMix.ValidateBeta(Beta, nameof(Beta));
        ContentTier.Validate(nameof(ContentTier));
        NeighbourTier.Validate(nameof(NeighbourTier));
        Share(NeighbourShare, nameof(NeighbourShare));
        Share(WalkShare, nameof(WalkShare));
        Share(NewProducts.Bonus, nameof(NewProducts.Bonus));
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbours, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(NeighboursFrom, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FullHybridFrom, NeighboursFrom);
        ArgumentOutOfRangeException.ThrowIfLessThan(ListLength, 1);
    }

    /// <summary>β of a tier.</summary>
    internal double BetaOf(Strategy tier) => tier switch
    {
        Strategy.ContentOnly => ContentTier.Beta,
        Strategy.ContentPlusNeighbours => NeighbourTier.Beta,
        _ => null,
    } ?? Beta;

    private static void Share(double value, string name) => TierMix.Within(value, 1, name);
}
