using System.Globalization;
using Aisle.Candidates.ItemToItem;
using Aisle.Evaluation.Slates;
using Aisle.Evaluation.Tuning;
using Aisle.Factorization;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Tables;

/// <summary>The published CiteULike-a table beside what our models reach.</summary>
/// <param name="data">The data.</param>
/// <param name="budget">How long to tune.</param>
/// <param name="report">Where rows go.</param>
internal sealed class CiteULikeTable(CiteULike data, TimeSpan budget, TableReport report)
{
    /// <summary>Trains and judges every row.</summary>
    public void Print()
    {
        report.Begin("CiteULike-a, CMN split: target among 100 negatives, seen masked", ["HR@5", "NDCG@5", "HR@10", "NDCG@10"]);
        Popularity();
        Ease();
        Rp3Beta();
        Factors("iALS, published settings (d 115, α 15.40, reg 1e-5, 60 epochs)", [.8308, .7085, .9006, .7313], new IalsOptions
        {
            Factors = 115,
            Parametrization = IalsParametrization.ConfidenceScaled,
            ConfidenceScale = 15.4,
            Regularization = 1e-5,
            Iterations = 60,
        });
        Tuned();
    }

    /// <summary>Tunes 64 factors by the table's own protocol within the training data, by the mean of HR@10 and NDCG@10; the test is not
    /// looked at. Wider models take over λ and α0.</summary>
    private void Tuned()
    {
        CiteULike inner = data.Inner(seed: 7);
        IalsTuner tuner = new(new IalsOptions(), budget, TimeProvider.System);
        IReadOnlyList<IalsTrial> trials = tuner.Search(
            inner.Train, model => inner.Judge((user, scores) => FactorScores.Of(model, user, scores))[2..].Average(), CancellationToken.None);
        IalsOptions best = trials[0].Options;
        report.Note(string.Create(CultureInfo.InvariantCulture, $"tuned on held-out training items, {trials.Count} trials at d 64: λ "
            + $"{best.Regularization:0.####}, α0 {best.UnobservedWeight:0.####}, {best.Iterations} epochs"));
        foreach (int factors in (int[])[64, 128, 256])
        {
            Factors(string.Create(CultureInfo.InvariantCulture, $"iALS d {factors}, tuned"), null, best with { Factors = factors });
        }
    }

    private void Popularity()
    {
        int[] buyers = PopularSlates.Buyers(data.Train);
        report.Row("TopPop", [.1810, .1226, .2774, .1537], () => data.Judge((_, scores) =>
        {
            for (int item = 0; item < buyers.Length; item++)
            {
                scores[item] = buyers[item];
            }
        }));
    }

    private void Ease() => report.Row("EASE, λ 523 (user side)", [.8116, .6973, .8806, .7197], () =>
    {
        EaseDualScorer scorer = (EaseDualScorer)new EaseTrainer(new EaseOptions { Regularization = 523 }).Train(data.Train, null, CancellationToken.None);
        return data.Judge(scorer.ScoreTrained);
    });

    private void Rp3Beta() => report.Row("RP3β, k 764, α .711, β .2297", [.8326, .7227, .9002, .7447], () =>
    {
        IItemScorer scorer = new Rp3BetaTrainer(new Rp3BetaOptions { Neighbours = 764, Alpha = .711, Beta = .2297 }).Train(data.Train, null, CancellationToken.None);
        return data.Judge((user, scores) => scorer.Score(data.Train.ItemsOf(user), data.Train.WeightsOf(user), scores));
    });

    private void Factors(string name, double[]? published, IalsOptions options) => report.Row(name, published, () =>
    {
        FactorModel model = new IalsTrainer(options).Fit(data.Train, null, CancellationToken.None);
        return data.Judge((user, scores) => FactorScores.Of(model, user, scores));
    });
}
