using System.Globalization;
using Aisle.Candidates.ItemToItem;
using Aisle.Evaluation;
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

    /// <summary>Trains and judges every row.</summary>
    public void Print()
    {
        report.Begin("Gowalla, LightGCN split: all items ranked, seen masked", ["Rec@20", "NDCG@20"]);
        report.Note("published: LightGCN .1820/.1547, EASE .1765/.1467, ItemCF .1570/.1214");
        report.Row("TopPop", null, () => Of(new PopularSlates(data.Full.Train, categories: null)));
        if (withEase)
        {
            Scorer("EASE, λ 200", [.1765, .1467], new EaseTrainer(new EaseOptions { Regularization = 200, LargestMatrix = 30_000 }));
        }

        Scorer("RP3β", null, new Rp3BetaTrainer(new Rp3BetaOptions { Neighbours = 500, Alpha = 0.9, Beta = 0.4 }));
        Tuned();
    }

    /// <summary>Tunes 64 factors on the validation lines; wider models take over λ and α0.</summary>
    private void Tuned()
    {
        IalsTuner tuner = new(new IalsOptions(), budget, TimeProvider.System);
        IReadOnlyList<IalsTrial> trials = tuner.Search(data.Inner.Train, model => Validation.Recall(model, data.Inner, Cut), CancellationToken.None);
        IalsOptions best = trials[0].Options;
        report.Note(string.Create(CultureInfo.InvariantCulture, $"tuned on validation, {trials.Count} trials at d 64: λ {best.Regularization:0.####}, α0 {best.UnobservedWeight:0.####}, {best.Iterations} epochs"));
        foreach (int factors in (int[])[64, 128, 256])
        {
            IalsOptions options = best with { Factors = factors };
            report.Row($"iALS d {factors}, tuned", null, () =>
                Of(new FactorSlates(new IalsTrainer(options).Fit(data.Full.Train, null, CancellationToken.None), data.Full, Cut, CancellationToken.None)));
        }
    }

    private void Scorer(string name, double[]? published, IItemScorerTrainer trainer) => report.Row(name, published, () =>
        Of(new ScorerSlates(trainer.Train(data.Full.Train, null, CancellationToken.None), data.Full.Train)));

    private double[] Of(ISlateSource source)
    {
        ModelEvaluation evaluation = new ModelEvaluator(data.Full, new EvaluationOptions { K = Cut, BootstrapSamples = 0 }).Evaluate("model", source, CancellationToken.None);
        return [evaluation[Metric.Recall]!.Value, evaluation[Metric.Ndcg]!.Value];
    }
}
