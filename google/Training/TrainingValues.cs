using System.Globalization;

namespace Aisle.GoogleCloud.Training;

/// <summary>What the places of the training statements are filled with.</summary>
internal static class TrainingValues
{
    /// <summary>The values of one version.</summary>
    /// <param name="version">The model version; becomes part of the names of tables and models.</param>
    /// <param name="asOf">The moment that it is trained as of.</param>
    /// <param name="options">Valid.</param>
    /// <param name="statements">Statements that others are made of, by the names of their places, such as <c>fusion</c>.</param>
    public static Dictionary<string, object> Of(string version, DateTimeOffset asOf, TrainingOptions options, IReadOnlyDictionary<string, string> statements)
    {
        Dictionary<string, object> values = new()
        {
            ["version"] = version,
            ["expires_at"] = asOf + options.Kept,
            ["shards"] = options.Shards,
            ["factors"] = options.Factors,
            ["regularization"] = options.Regularization,
            ["confidence_scale"] = options.ConfidenceScale,
            ["iterations"] = options.Iterations,
            ["terms"] = options.Terms,
            ["words_per_product"] = 300,
            ["content_width"] = options.ContentWidth,
            ["connection"] = options.Connection ?? "none",
            ["text_endpoint"] = options.TextEndpoint,
            ["neighbour_sample"] = options.NeighbourSample,
            ["neighbours"] = options.Hybrid.Neighbours,
            ["neighbours_from"] = options.Hybrid.NeighboursFrom,
            ["full_hybrid_from"] = options.Hybrid.FullHybridFrom,
            ["alpha"] = options.Hybrid.Alpha,
            ["beta"] = options.Hybrid.Beta,
            ["neighbour_share"] = options.Hybrid.NeighbourShare,
            ["walk_share"] = options.Hybrid.WalkShare,
            ["content_tier_collaborative"] = options.Hybrid.ContentTier.Collaborative,
            ["neighbour_tier_collaborative"] = options.Hybrid.NeighbourTier.Collaborative,
            ["content_tier_beta"] = options.Hybrid.ContentTier.Beta ?? options.Hybrid.Beta,
            ["neighbour_tier_beta"] = options.Hybrid.NeighbourTier.Beta ?? options.Hybrid.Beta,
            ["walked_shards"] = Math.Min(options.WalkedShards, options.Shards),
            ["walk_items"] = options.WalkItems,
            ["walk_neighbours"] = options.Walks.Neighbours,
            ["walk_alpha"] = options.Walks.Alpha,
            ["walk_beta"] = options.Walks.Beta,
            ["new_bonus"] = options.Hybrid.NewProducts.Bonus,
            ["new_days"] = options.Hybrid.NewProducts.Newness.TotalDays,
            ["list_length"] = options.Hybrid.ListLength,
            ["found"] = options.Found,
            ["shard"] = 0,
            ["compared_shoppers"] = 100,
            ["search"] = SearchOptions(options.SearchedShare),
        };
        foreach ((string name, string text) in statements)
        {
            values[name] = new SqlText(SqlTemplate.Fill(text, values));
        }

        return values;
    }

    private static string SearchOptions(double? share) => share is { } part
        ? string.Create(CultureInfo.InvariantCulture, $"{{\"fraction_lists_to_search\":{part}}}")
        : "{\"use_brute_force\":true}";
}
