using Aisle.Benchmarks.Tables;
using Aisle.Factorization;

namespace Aisle.Benchmarks.Ranking;

/// <summary>iALS. 64 factors by default, as in the product; a search may widen them.</summary>
internal sealed class FactorFamily : IRankFamily
{
    /// <inheritdoc/>
    public string Name => "ials";

    /// <inheritdoc/>
    public IReadOnlyList<Axis> AxesFor(RankData data) =>
    [
        new Axis("α0", [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8], 0.01),
        new Axis("λ", [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16], 0.02),
        new Axis("epochs", [4, 6, 8, 12, 16, 24], 16),
        new Axis("d", [32, 64, 128, 256], 64),
    ];

    /// <inheritdoc/>
    public UserScorer Train(RankData data, double[] settings)
    {
        FactorModel model = new IalsTrainer(new IalsOptions
        {
            UnobservedWeight = settings[0],
            Regularization = settings[1],
            Iterations = (int)settings[2],
            Factors = (int)settings[3],
        }).Fit(data.Train, progress: null, CancellationToken.None);
        return (user, scores) => FactorScores.Of(model, user, scores);
    }
}
