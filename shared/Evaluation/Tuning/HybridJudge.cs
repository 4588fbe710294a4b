using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Aisle.Evaluation.Holdouts;
using Aisle.Evaluation.Metrics;
using Aisle.Numerics;

namespace Aisle.Evaluation.Tuning;

/// <summary>Judges how sources are fused by shoppers held out for validation: mean NDCG@10 of all and of each
/// tier. Safe for several threads.</summary>
/// <remarks>Where a tier has few shoppers of its own, longer histories are cut to its length by chance; all that the shopper has stays
/// masked. The model has seen the whole histories, so such a tier is judged a little too kindly, whatever the weights.</remarks>
public sealed class HybridJudge
{
    /// <summary>A tier with fewer shoppers is not judged: noise would choose its weights.</summary>
    private const int LeastOfATier = 20;

    /// <summary>Up to how many shoppers a tier is filled with cut histories.</summary>
    private const int EnoughOfATier = 100;

    private const int K = 10;

    private readonly HybridRecommender _recommender;
    private readonly Case[] _cases;

    /// <summary>Prepares the shoppers who judge.</summary>
    /// <param name="bundle">A model that was trained on the training half.</param>
    /// <param name="judges">Who judges. Its items are numbered as the model's.</param>
    /// <param name="tiers">The thresholds of the tiers.</param>
    /// <param name="seed">The seed of what is cut.</param>
    /// <exception cref="ArgumentException">The items are not the model's.</exception>
    public HybridJudge(ModelBundle bundle, Holdout judges, HybridOptions tiers, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(judges);
        ArgumentNullException.ThrowIfNull(tiers);
        if (judges.Train.ItemCount != bundle.Products.Count)
        {
            throw new ArgumentException("The holdout's items must be those of the model.", nameof(judges));
        }

        _recommender = new HybridRecommender(bundle, tiers);
        Case[] whole = [.. judges.JudgedUsers.Where(user => !judges.Train.ItemsOf(user).IsEmpty).Select(user => Whole(judges, user, tiers))];
        _cases =
        [
            .. whole,
            .. Filling(whole, Strategy.ContentOnly, 1, tiers.NeighboursFrom, seed),
            .. Filling(whole, Strategy.ContentPlusNeighbours, tiers.NeighboursFrom, tiers.FullHybridFrom, seed + 1),
        ];
    }

    /// <summary>How well each of several options does.</summary>
    /// <param name="options">Their thresholds should be those that the judges were chosen by.</param>
    /// <param name="cancellationToken">Heeded between shoppers.</param>
    /// <returns>One quality for each, in the order given; errors are of leads over the first.</returns>
    /// <remarks>O(shoppers·items·(f + d)) for all options that differ in weights of sources alone, and
    /// O(shoppers·items) for each.</remarks>
    public IReadOnlyList<HybridQuality> Of(IReadOnlyList<HybridOptions> options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        HybridRecommender[] recommenders = [.. options.Select(_recommender.With)];
        double[][] ndcg = [.. options.Select(_ => new double[_cases.Length])];
        Parallel.For(
            0, _cases.Length, new ParallelOptions { CancellationToken = cancellationToken }, () => new HybridScores(_recommender.Bundle.Products.Count), (index, _, scores) =>
            {
                scores.Begin();
                for (int option = 0; option < recommenders.Length; option++)
                {
                    ndcg[option][index] = Judge(recommenders[option], _cases[index], scores);
                }

                return scores;
            },
            _ => { });
        return [.. ndcg.Select(values => Summary(values, ndcg[0]))];
    }

    private static double Judge(HybridRecommender recommender, Case shopper, HybridScores scores)
    {
        IReadOnlyList<ScoredItem> ranked = recommender.Recommend(shopper.History, K, recommender.Bundle.AsOf, scores).Items;
        return Ndcg.AtK<int>([.. ranked.Select(entry => entry.Item)], shopper.Held, K) ?? 0;
    }

    private HybridQuality Summary(double[] ndcg, double[] first)
    {
        int[] all = [.. Enumerable.Range(0, ndcg.Length)];
        IGrouping<Strategy, int>[] tiers = [.. all.GroupBy(index => _cases[index].Tier).Where(tier => tier.Count() >= LeastOfATier)];
        return new HybridQuality(ndcg.Length == 0 ? 0 : ndcg.Average(), tiers.ToDictionary(tier => tier.Key, tier => tier.Average(index => ndcg[index])))
        {
            ErrorOfLead = ErrorOfLead(ndcg, first, all),
            ErrorsOfLead = tiers.ToDictionary(tier => tier.Key, tier => ErrorOfLead(ndcg, first, [.. tier])),
        };
    }

    /// <summary>The standard error of the mean difference of pairs; 0 for fewer than two.</summary>
    private static double ErrorOfLead(double[] ndcg, double[] first, int[] cases)
    {
        if (cases.Length < 2)
        {
            return 0;
        }

        double lead = cases.Average(index => ndcg[index] - first[index]);
        double squares = cases.Sum(index => (ndcg[index] - first[index] - lead) * (ndcg[index] - first[index] - lead));
        return Math.Sqrt(squares / (cases.Length - 1) / cases.Length);
    }

    private static Case Whole(Holdout judges, int user, HybridOptions tiers)
    {
        int[] items = judges.Train.ItemsOf(user).ToArray();
        return new Case(
            StrategyRouter.Route(items.Length, hasFactor: true, tiers),
            new IndexedHistory(items, judges.Train.WeightsOf(user).ToArray(), items.Length, items),
            [.. judges.Held.ItemsOf(user)]);
    }

    /// <summary>Longer histories, drawn by chance and cut to least … end − 1 products, as many as the tier lacks.</summary>
    private static IEnumerable<Case> Filling(Case[] whole, Strategy tier, int least, int end, ulong seed)
    {
        int lacking = end > least ? EnoughOfATier - whole.Count(known => known.Tier == tier) : 0;
        return whole.Where(known => known.History.Items.Length >= end)
            .Select((known, place) => (Known: known, Random: SeededRandom.Derive(seed, (ulong)place)))
            .Select(entry => (entry.Known, entry.Random, Key: entry.Random.NextDouble()))
            .OrderBy(entry => entry.Key)
            .Take(Math.Max(0, lacking))
            .Select(entry => entry.Known.CutTo(tier, least + entry.Random.NextInt(end - least), entry.Random));
    }

    /// <summary>A shopper who judges.</summary>
    private sealed record Case(Strategy Tier, IndexedHistory History, HashSet<int> Held)
    {
        /// <summary>The same shopper when only a few products, drawn by chance, were known.</summary>
        public Case CutTo(Strategy tier, int products, SeededRandom random)
        {
            int[] order = [.. Enumerable.Range(0, History.Items.Length)];
            for (int place = 0; place < products; place++)
            {
                int other = place + random.NextInt(order.Length - place);
                (order[place], order[other]) = (order[other], order[place]);
            }

            int[] kept = [.. order.Take(products).Order()];
            return new Case(
                tier, new IndexedHistory([.. kept.Select(index => History.Items[index])], [.. kept.Select(index => History.Weights[index])], products, History.Items), Held);
        }
    }
}
