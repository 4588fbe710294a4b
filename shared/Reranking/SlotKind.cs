namespace Aisle.Reranking;

/// <summary>Why a position of a slate was filled the way it was.</summary>
public enum SlotKind
{
    /// <summary>By the re-ranker: relevance against redundancy.</summary>
    Ranked,

    /// <summary>From the shopper's primary interest.</summary>
    Primary,

    /// <summary>From a secondary interest.</summary>
    Secondary,

    /// <summary>A product that sells better than its own past.</summary>
    Trending,

    /// <summary>A new product, or an exploration draw.</summary>
    Exploration,

    /// <summary>From a category that the shopper has not touched.</summary>
    Surprise,

    /// <summary>Put there by a merchandiser.</summary>
    Pinned,

    /// <summary>Filled up from popularity, because the other sources ran dry.</summary>
    BackFill,
}
