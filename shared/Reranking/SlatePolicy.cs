namespace Aisle.Reranking;

/// <summary>How positions are given out.</summary>
public enum SlatePolicy
{
    /// <summary>Maximal marginal relevance, then exploration of each position with probability ε.</summary>
    MarginalRelevance,

    /// <summary>A determinantal point process, then exploration of each position with probability ε.</summary>
    Determinantal,

    /// <summary>Reserved slots by interest, trend, newness and surprise; the slot for new products is the exploration slot.</summary>
    Slots,
}
