using Aisle.Candidates;
using Aisle.Reranking;

namespace Aisle.ScoreUser;

/// <summary>A model in memory with everything that answering from it needs; immutable, swapped whole.</summary>
public sealed class ServingModel
{
    private readonly HybridOptions _options;

    /// <summary>Prepares a bundle for serving.</summary>
    public ServingModel(ModelBundle bundle, ServingManifest manifest, HybridOptions options)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Bundle = bundle;
        Manifest = manifest;
        Recommender = new HybridRecommender(bundle, options);
        Reasons = new ReasonFinder(Recommender);
        Shelves = new Shelves(bundle, options.NewProducts);
        Composer = new SlateComposer(bundle.Content.Embeddings);
        Currency = bundle.Products.Select(product => product.Currency).FirstOrDefault(currency => currency is not null) ?? "EUR";
        ByPopularity = Ranked(bundle);
    }

    /// <summary>The model.</summary>
    public ModelBundle Bundle { get; }

    /// <summary>What the pointer said when it was loaded.</summary>
    public ServingManifest Manifest { get; }

    /// <summary>Scores at request time.</summary>
    public HybridRecommender Recommender { get; }

    /// <summary>Says why.</summary>
    public ReasonFinder Reasons { get; }

    /// <summary>The shelves that hang on products or on the shop.</summary>
    public Shelves Shelves { get; }

    /// <summary>Lays slates out.</summary>
    public SlateComposer Composer { get; }

    /// <summary>The currency that price ranges of requests are in: that of the first priced product.</summary>
    public string Currency { get; }

    /// <summary>All items, most popular first: what fills up, and what answers when everything else failed.</summary>
    public IReadOnlyList<int> ByPopularity { get; }

    /// <summary>The recommender under other options, for a variant of an experiment.</summary>
    public HybridRecommender RecommenderWith(HybridOptions options) => options == _options ? Recommender : new HybridRecommender(Bundle, options);

    private static int[] Ranked(ModelBundle bundle)
    {
        int[] items = [.. Enumerable.Range(0, bundle.Products.Count)];
        float[] damped = [.. items.Select(bundle.Popularity.Damped)];
        Array.Sort(items, (a, b) => damped[a] != damped[b] ? damped[b].CompareTo(damped[a]) : a.CompareTo(b));
        return items;
    }
}
