namespace Aisle.Evaluation;

/// <summary>What a model is judged by; each at the cut k of its evaluation.</summary>
public enum Metric
{
    /// <summary>Share of the places that hit.</summary>
    Precision,

    /// <summary>Share of the holdout that was found.</summary>
    Recall,

    /// <summary>Normalized discounted cumulative gain.</summary>
    Ndcg,

    /// <summary>Mean average precision (MAP).</summary>
    AveragePrecision,

    /// <summary>Mean reciprocal rank (MRR).</summary>
    ReciprocalRank,

    /// <summary>Share of users with at least one hit (HR).</summary>
    HitRate,

    /// <summary>Mean self-information of the shown items, in bits.</summary>
    Novelty,

    /// <summary>Share of the places that hit with what popularity, and the user's own category, would not have shown.</summary>
    Serendipity,

    /// <summary>Mean content distance of the pairs in a slate.</summary>
    IntraListDiversity,

    /// <summary>Share of the items sold in training that at least one slate showed.</summary>
    Coverage,

    /// <summary>The most that coverage could be with this many places.</summary>
    CoverageCeiling,

    /// <summary>Gini coefficient of exposure over the items sold in training.</summary>
    Gini,

    /// <summary>Share of the shown places that went to items outside the best-selling fifth.</summary>
    TailShare,
}
