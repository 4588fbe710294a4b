namespace Aisle.Candidates.Shoppers;

/// <summary>The cold-start tiers: how a shopper's list is made, by distinct products touched in the window.</summary>
public enum Strategy
{
    /// <summary>0 products: what is popular in the shopper's cohort.</summary>
    PopularityCohort,

    /// <summary>1–2 products: similar content.</summary>
    ContentOnly,

    /// <summary>3–5 products: nearest neighbours and content.</summary>
    ContentPlusNeighbours,

    /// <summary>6 or more and a factor vector: the full hybrid.</summary>
    FullHybrid,
}
