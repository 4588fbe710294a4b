using System.Globalization;
using Aisle.Benchmarks.Ranking;
using Aisle.Candidates.ItemToItem;
using Aisle.Evaluation;
using Aisle.Evaluation.Holdouts;
using Aisle.Evaluation.Slates;
using Aisle.Evaluation.Tuning;
using Aisle.Factorization;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Tables;

/// <summary>The Gowalla table: Recall@20 and NDCG@20 over all items.</summary>
/// <param name="data">The data.</param>
/// <param name="budget">How long to tune.</param>
/// <param name="withEase">Whether to invert a 29,858 × 29,858 matrix: 3.6 GB and some minutes.</param>
/// <param name="report">Where rows go.</param>
internal sealed class GowallaTable(Gowalla data, TimeSpan budget, bool withEase, TableReport report)
{
    private const int Cut = 20;
    private const int Widest = 1024;
    private const int OfBlend = 512;
    private const int MostForTuning = 3000;

    private readonly Holdout _few = data.Inner.Sampled(MostForTuning, seed: 1);

    /// <summary>Trains and judges every row.</summary>
    public void Print()
    {
        report.Begin("Gowalla, LightGCN split: all items ranked, seen masked", ["Rec@20", "NDCG@20"]);
        report.Note("published: LightGCN .1820/.1547, EASE .1765/.1467, ItemCF .1570/.1214");
        report.Row("TopPop", null, () => Of(new PopularSlates(data.Full.Train, categories: null)));
        if (withEase)
        {
            Lists("EASE, λ 80 (published)", [.1765, .1467], () =>
                ((EaseDualScorer)new EaseTrainer(new EaseOptions { Regularization = 80, LargestMatrix = 30_000 }).Train(data.Full.Train, null, CancellationToken.None)).ScoreTrained);
        }

        double[] walks = TunedWalks();
        Lists("RP3β, tuned", null, () => Walks(data.Full, walks));
        IalsOptions factors = Tuned();
        Blended(walks, factors with { Factors = OfBlend });
    }

    /// <summary>Both halves of the product's collaborative source, each scaled to 0..1 for a user: how much each counts is
    /// chosen on the validation lines.</summary>
    private void Blended(double[] walks, IalsOptions factors)
    {
        Axis[] axes = [new("RP3β", Blend.Weights, 1), new("iALS", Blend.Weights, 1)];
        RankedLists[] inner = [ListsOf(Walks(_few, walks), _few), ListsOf(Factors(_few, factors), _few)];
        double[] weights = new CoordinateSearch(budget, TimeProvider.System).Best(axes, values => RecallOf(ListsOf(Blend.Of(inner, values), _few), _few));
        Lists(string.Create(CultureInfo.InvariantCulture, $"RP3β ({weights[0]}) and iALS d {factors.Factors} ({weights[1]}) together"), null, () =>
            Blend.Of([ListsOf(Walks(data.Full, walks), data.Full), ListsOf(Factors(data.Full, factors), data.Full)], weights));
    }

    private double[] TunedWalks()
    {
        Axis[] axes = [new("α", [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2], 0.9), new("β", [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8], 0.4), new("k", [100, 200, 500, 1000], 500)];
        double[] best = new CoordinateSearch(budget, TimeProvider.System).Best(axes, values => RecallOf(ListsOf(Walks(_few, values), _few), _few));
        report.Note(string.Create(CultureInfo.InvariantCulture, $"tuned on validation: RP3β α {best[0]}, β {best[1]}, k {best[2]}"));
        return best;
    }

    private static UserScorer Walks(Holdout split, double[] settings)
    {
        IItemScorer scorer = new Rp3BetaTrainer(new Rp3BetaOptions { Alpha = settings[0], Beta = settings[1], Neighbours = (int)settings[2] }).Train(split.Train, null, CancellationToken.None);
        return (user, scores) => scorer.Score(split.Train.ItemsOf(user), split.Train.WeightsOf(user), scores);
    }

    private static UserScorer Factors(Holdout split, IalsOptions options)
    {
        FactorModel model = new IalsTrainer(options).Fit(split.Train, null, CancellationToken.None);
        return (user, scores) => FactorScores.Of(model, user, scores);
    }

    private static RankedLists ListsOf(UserScorer scorer, Holdout split) => new(scorer, split.Train, split.JudgedUsers, Blend.Depth, Environment.ProcessorCount);

    private static double RecallOf(RankedLists lists, Holdout split) =>
        new ModelEvaluator(split, new EvaluationOptions { K = Cut, BootstrapSamples = 0 }).Evaluate("model", lists, CancellationToken.None)[Metric.Recall]!.Value;

    private void Lists(string name, double[]? published, Func<UserScorer> train) => report.Row(name, published, () => Of(ListsOf(train(), data.Full)));

    /// <summary>Tunes 64 factors on the validation lines; wider models take over λ and α0.</summary>
    private IalsOptions Tuned()
    {
        IalsTuner tuner = new(new IalsOptions(), budget, TimeProvider.System);
        FactorJudge judge = new(data.Inner, Cut);
        IReadOnlyList<IalsTrial> trials = tuner.Search(data.Inner.Train, model => judge.Recall(model, CancellationToken.None), CancellationToken.None);
        IalsOptions best = trials[0].Options;
        report.Note(string.Create(CultureInfo.InvariantCulture, $"tuned on validation, {trials.Count} trials at d 64: λ "
            + $"{best.Regularization:0.####}, α0 {best.UnobservedWeight:0.####}, {best.Iterations} epochs"));
        foreach (int factors in (int[])[64, 128, 256, OfBlend, Widest])
        {
            IalsOptions options = best with { Factors = factors };
            report.Row($"iALS d {factors}, tuned", null, () =>
                Of(new FactorSlates(new IalsTrainer(options).Fit(data.Full.Train, null, CancellationToken.None), data.Full, Cut, CancellationToken.None)));
        }

        return best;
    }

    private double[] Of(ISlateSource source)
    {
        ModelEvaluation evaluation = new ModelEvaluator(data.Full, new EvaluationOptions { K = Cut, BootstrapSamples = 0 }).Evaluate("model", source, CancellationToken.None);
        return [evaluation[Metric.Recall]!.Value, evaluation[Metric.Ndcg]!.Value];
    }
}
