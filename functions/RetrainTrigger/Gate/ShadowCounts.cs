namespace Aisle.RetrainTrigger.Gate;

/// <summary>The names under which the gate's step keeps what the shadow diff found.</summary>
public static class ShadowCounts
{
    /// <summary>How many shoppers were asked.</summary>
    public const string Users = "shadow_users";

    /// <summary>The mean part of the first k places that both models fill with the same products, in [0, 1].</summary>
    public const string Overlap = "shadow_overlap";

    /// <summary>The mean rank-biased overlap, in [0, 1].</summary>
    public const string RankBiasedOverlap = "shadow_rank_biased_overlap";

    /// <summary>The mean price that the new model shows over that of the serving one, minus one.</summary>
    public const string PriceShift = "shadow_price_shift";

    /// <summary>Total variation distance between the categories shown, in [0, 1].</summary>
    public const string CategoryShift = "shadow_category_shift";

    /// <summary>Population stability index of scores.</summary>
    public const string ScoreDrift = "psi_scores";

    /// <summary>Population stability index of strategies.</summary>
    public const string StrategyDrift = "psi_strategies";

    /// <summary>Population stability index of categories.</summary>
    public const string CategoryDrift = "psi_categories";

    /// <summary>Population stability index of prices.</summary>
    public const string PriceDrift = "psi_prices";

    /// <summary>Before the pseudonym of one of the shoppers whose slates differ most; the value is the overlap.</summary>
    public const string WorstUser = "shadow_worst.";

    /// <summary>The drift figures.</summary>
    public static IReadOnlyList<string> Drifts { get; } = [ScoreDrift, StrategyDrift, CategoryDrift, PriceDrift];
}
