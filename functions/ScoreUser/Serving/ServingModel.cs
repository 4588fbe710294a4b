using System.Collections.Concurrent;
using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Reasons;
using Aisle.Candidates.Sessions;
using Aisle.Factorization.Scoring;
using Aisle.Reranking;

namespace Aisle.ScoreUser.Serving;

/// <summary>A model in memory with everything that answering from it needs; immutable, swapped whole.</summary>
public sealed class ServingModel
{
    /// <summary>More combinations of variants than any shop runs at once; when there are more, those that are not met any more make room.</summary>
    private const int MaxPrepared = 32;

    private static readonly SessionKnnOptions LiveSessions = new() { Neighbours = 100, SampleSize = 500, Repeats = false };

    private readonly ConcurrentDictionary<HybridOptions, ReasonFinder> _variants = [];

    /// <summary>Prepares a bundle for serving.</summary>
    public ServingModel(ModelBundle bundle, ServingManifest manifest, HybridOptions options)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(options);
        Bundle = bundle;
        Manifest = manifest;
        QuantizedRows embeddings = new(bundle.Content.Embeddings);
        Recommender = HybridRecommender.Quantized(bundle, options, embeddings);
        Reasons = new ReasonFinder(Recommender);
        _variants[options] = Reasons;
        Shelves = new Shelves(bundle, options.NewProducts);
        Composer = new SlateComposer(bundle.Content.Embeddings, embeddings);
        Sessions = bundle.Habits.Sessions.Count == 0 ? null : SessionKnn.Fit(bundle.Habits.Sessions, bundle.Products.Count, LiveSessions);
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

    /// <summary>Finds what visits like the one under way went on to touch; null for a model that remembers none.</summary>
    public SessionKnn? Sessions { get; }

    /// <summary>Lays slates out.</summary>
    public SlateComposer Composer { get; }

    /// <summary>The currency that price ranges of requests are in: that of the first priced product.</summary>
    public string Currency { get; }

    /// <summary>All items, most popular first: what fills up, and what answers when everything else failed.</summary>
    public IReadOnlyList<int> ByPopularity { get; }

    /// <summary>Makes the recommenders that variants will ask for, so that no request waits for one: O(items) each.</summary>
    public void Prepare(IEnumerable<HybridOptions> options)
    {
        foreach (HybridOptions variant in options)
        {
            ReasonsWith(variant);
        }
    }

    /// <summary>What recommends under other options, for a variant of an experiment.</summary>
    public HybridRecommender RecommenderWith(HybridOptions options) => ReasonsWith(options).Recommender;

    /// <summary>What says why under other options. The first request under a combination of variants that was not prepared makes it: O(items).</summary>
    public ReasonFinder ReasonsWith(HybridOptions options)
    {
        if (_variants.TryGetValue(options, out ReasonFinder? prepared))
        {
            return prepared;
        }

        if (_variants.Count >= MaxPrepared)
        {
            _variants.Clear();
        }

        return _variants.GetOrAdd(options, wanted => Reasons.With(Recommender.With(wanted)));
    }

    private static int[] Ranked(ModelBundle bundle)
    {
        int[] items = [.. Enumerable.Range(0, bundle.Products.Count)];
        float[] damped = [.. items.Select(bundle.Popularity.Damped)];
        Array.Sort(items, (a, b) => damped[a] != damped[b] ? damped[b].CompareTo(damped[a]) : a.CompareTo(b));
        return items;
    }
}
