namespace Aisle.Candidates.Lists;

/// <summary>Which generator brought a candidate.</summary>
public enum CandidateSource
{
    /// <summary>Matrix factorization: user factor · item factor.</summary>
    Collaborative,

    /// <summary>Similar content to what the shopper touched.</summary>
    Content,

    /// <summary>Nearest neighbours by overlap, or items seen together.</summary>
    Neighbours,

    /// <summary>Popular in the cohort or in the shop.</summary>
    Popularity,

    /// <summary>Recent lift over its own baseline.</summary>
    Trending,

    /// <summary>New in the catalogue, placed by its content.</summary>
    NewProduct,
}
