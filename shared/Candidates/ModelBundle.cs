using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Neighbours;
using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Storage;
using Aisle.Catalogue;
using Aisle.ColdStart;
using Aisle.Content;
using Aisle.Events;
using Aisle.Factorization;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Candidates;

/// <summary>Everything a shop's recommender knows: trained once, immutable, loaded whole by whoever answers
/// shoppers. It names no shopper.</summary>
/// <remarks>Items have one index in all parts: the place of their id in <see cref="Items"/>.</remarks>
public sealed class ModelBundle
{
    /// <summary>Which model this is, such as <c>20260115T030000Z</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The moment that windows and decay were counted to, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The newest event that it was trained on, UTC; the model's age counts from here.</summary>
    public required DateTimeOffset NewestEventAt { get; init; }

    /// <summary>When the run that trained it was begun, UTC; a resumed run says the same, so that its bundle has the same bytes.</summary>
    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>The products, by index; descriptions are left out.</summary>
    public required IReadOnlyList<Product> Products { get; init; }

    /// <summary>Product ids and their indexes.</summary>
    public required Vocabulary<ProductId> Items { get; init; }

    /// <summary>Item factors, n × f; new products have inherited ones, and zero rows say nothing.</summary>
    public required FactorMatrix ItemFactors { get; init; }

    /// <summary>How the factors were trained.</summary>
    public required IalsOptions Factorization { get; init; }

    /// <summary>How events became weights; a live history must use the same.</summary>
    public required FeedbackScale Feedback { get; init; }

    /// <summary>How sources are fused, learnt for this model; null when nothing was learnt and the options of
    /// whoever serves it hold.</summary>
    public HybridWeights? Learnt { get; init; }

    /// <summary>What each product is about.</summary>
    public required ContentModel Content { get; init; }

    /// <summary>Popularity of the shop and its cohorts.</summary>
    public required PopularityTable Popularity { get; init; }

    /// <summary>Products with a recent lift over their own past, highest lift first.</summary>
    public required IReadOnlyList<ScoredIndex> Trending { get; init; }

    /// <summary>Items touched by the same shoppers.</summary>
    public required NeighbourLists TouchedTogether { get; init; }

    /// <summary>Items bought in the same orders.</summary>
    public required NeighbourLists BoughtTogether { get; init; }

    /// <summary>For each item the items that random walks over shoppers reach from it, and how strongly (items × items): the other
    /// half of the collaborative source.</summary>
    public required InteractionMatrix Walks { get; init; }

    /// <summary>Nameless shoppers × items, at most a few hundred a shopper: among them a live shopper's nearest
    /// neighbours are sought.</summary>
    public required InteractionMatrix Neighbours { get; init; }

    /// <summary>The same seen from the items.</summary>
    public required InteractionMatrix NeighboursByItem { get; init; }

    /// <summary>Recent visits, and after how long products are bought again.</summary>
    public ShopHabits Habits { get; init; } = ShopHabits.None;

    /// <summary>The product of an id.</summary>
    /// <returns>Null when the model does not know it.</returns>
    public Product? Find(ProductId product) => Items.TryGetIndex(product, out int item) ? Products[item] : null;

    /// <summary>Writes the bundle into a folder: all parts, and last the manifest that makes them a bundle.</summary>
    /// <param name="folder">Made when it does not exist; files of the same names are replaced.</param>
    public void Save(string folder) => BundleFiles.Save(this, folder);

    /// <summary>Reads a bundle.</summary>
    /// <exception cref="InvalidDataException">A file is missing, cut short, damaged or of another format; the message names it.</exception>
    public static ModelBundle Load(string folder) => BundleFiles.Load(folder);

    /// <summary>Verifies a bundle's files without keeping them in memory.</summary>
    /// <returns>The version that its manifest names.</returns>
    /// <exception cref="InvalidDataException">A file is missing, cut short, damaged or of another format; the message names it.</exception>
    public static string Verify(string folder) => BundleFiles.Verify(folder);
}
