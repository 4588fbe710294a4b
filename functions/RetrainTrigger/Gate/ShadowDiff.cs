using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Training;
using Aisle.Evaluation.Metrics;
using Aisle.Events;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.RetrainTrigger.Gate;

/// <summary>Asks the serving model and the new one the same shoppers' questions before the pointer is flipped, and
/// measures how far the answers differ.</summary>
public sealed class ShadowDiff(ShadowOptions shadow, HybridOptions hybrid)
{
    private const double Persistence = 0.9;
    private const int Bins = 10;
    private const int WorstUsers = 20;

    /// <summary>Compares by the shoppers of a draft; the counts are named by <see cref="ShadowCounts"/>.</summary>
    /// <param name="draft">Knows the shoppers.</param>
    /// <param name="serving">The model that serves.</param>
    /// <param name="fresh">The model that may serve next.</param>
    /// <param name="cancellationToken">Heeded between shoppers.</param>
    public IReadOnlyDictionary<string, double> Compare(
        ModelDraft draft, ModelBundle serving, ModelBundle fresh, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        TrainingSet training = draft.Training;
        return Compare(training.Interactions, training.Items, user => training.Users[user], serving, fresh, cancellationToken);
    }

    /// <summary>Compares by the nameless shoppers that the earlier bundle keeps; nobody is named in the counts.</summary>
    /// <param name="earlier">The one held against.</param>
    /// <param name="later">The other.</param>
    /// <param name="cancellationToken">Heeded between shoppers.</param>
    public IReadOnlyDictionary<string, double> Compare(ModelBundle earlier, ModelBundle later, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        return Compare(earlier.Neighbours, earlier.Items, _ => null, earlier, later, cancellationToken);
    }

    private Dictionary<string, double> Compare(
        InteractionMatrix histories, Vocabulary<ProductId> items, Func<int, UserId?> nameOf, ModelBundle serving, ModelBundle fresh,
        CancellationToken cancellationToken)
    {
        int[] users = Sample(histories.UserCount);
        HybridRecommender before = new(serving, hybrid);
        HybridRecommender after = new(fresh, hybrid);
        ShadowPair[] pairs = new ShadowPair[users.Length];
        Parallel.For(0, users.Length, new ParallelOptions { CancellationToken = cancellationToken }, index =>
        {
            ShopperHistory history = HistoryOf(histories, items, users[index], serving.AsOf);
            pairs[index] = new ShadowPair(nameOf(users[index]), Ask(before, history), Ask(after, history));
        });
        return users.Length == 0 ? [] : Counts(pairs);
    }

    private int[] Sample(int users)
    {
        int[] all = [.. Enumerable.Range(0, users)];
        SeededRandom random = new(shadow.Seed);
        int wanted = Math.Min(users, shadow.Users);
        for (int place = 0; place < wanted; place++)
        {
            int drawn = place + random.NextInt(users - place);
            (all[place], all[drawn]) = (all[drawn], all[place]);
        }

        return all[..wanted];
    }

    private static ShopperHistory HistoryOf(InteractionMatrix histories, Vocabulary<ProductId> items, int user, DateTimeOffset at)
    {
        ReadOnlySpan<int> touchedItems = histories.ItemsOf(user);
        TouchedProduct[] touched = new TouchedProduct[touchedItems.Length];
        for (int i = 0; i < touched.Length; i++)
        {
            touched[i] = new TouchedProduct(items[touchedItems[i]], histories.WeightsOf(user)[i], EventType.View, at);
        }

        return new ShopperHistory { Touched = touched };
    }

    private ShadowSlate Ask(HybridRecommender recommender, ShopperHistory history)
    {
        ModelBundle bundle = recommender.Bundle;
        Recommendation answer = recommender.Recommend(history, shadow.K, bundle.AsOf, item => bundle.Products[item].InStock);
        return new ShadowSlate(
            answer.Strategy,
            [.. answer.Items.Select(item => bundle.Products[item.Item])],
            [.. answer.Items.Select(item => (double)item.Score)]);
    }

    private Dictionary<string, double> Counts(ShadowPair[] pairs)
    {
        Dictionary<string, double> counts = new()
        {
            [ShadowCounts.Users] = pairs.Length,
            [ShadowCounts.Overlap] = pairs.Average(pair => pair.Overlap(shadow.K)),
            [ShadowCounts.RankBiasedOverlap] = pairs.Average(pair => RankBiasedOverlap.Of<ProductId>(pair.Before.Ids, pair.After.Ids, Persistence)),
        };
        ShadowSlate before = ShadowSlate.Together(pairs.Select(pair => pair.Before));
        ShadowSlate after = ShadowSlate.Together(pairs.Select(pair => pair.After));
        Add(ShadowCounts.PriceShift, before.Prices.Length > 0 && after.Prices.Length > 0 && before.Prices.Average() > 0 ? (after.Prices.Average() / before.Prices.Average()) - 1 : null);
        Add(ShadowCounts.CategoryShift, CategoryShift(before.Categories, after.Categories));
        Add(ShadowCounts.ScoreDrift, StabilityIndex.OfNumbers(before.Scores, after.Scores, Bins));
        Add(ShadowCounts.StrategyDrift, StabilityIndex.OfLabels([.. pairs.Select(pair => pair.Before.Strategy)], [.. pairs.Select(pair => pair.After.Strategy)]));
        Add(ShadowCounts.CategoryDrift, StabilityIndex.OfLabels(before.Categories, after.Categories));
        Add(ShadowCounts.PriceDrift, StabilityIndex.OfNumbers(before.Prices, after.Prices, Bins));
        foreach (ShadowPair pair in pairs.Where(pair => pair.User is not null).OrderBy(pair => pair.Overlap(shadow.K)).ThenBy(pair => pair.User).Take(WorstUsers))
        {
            counts[ShadowCounts.WorstUser + pair.User!.Value.Value] = pair.Overlap(shadow.K);
        }

        return counts;

        void Add(string name, double? value)
        {
            if (value is { } known)
            {
                counts[name] = known;
            }
        }
    }

    private static double? CategoryShift(string[] before, string[] after)
    {
        if (before.Length == 0 || after.Length == 0)
        {
            return null;
        }

        Dictionary<string, int> earlier = before.CountBy(name => name).ToDictionary();
        Dictionary<string, int> later = after.CountBy(name => name).ToDictionary();
        return 0.5 * earlier.Keys.Union(later.Keys).Sum(name =>
            Math.Abs(((double)earlier.GetValueOrDefault(name) / before.Length) - ((double)later.GetValueOrDefault(name) / after.Length)));
    }
}
