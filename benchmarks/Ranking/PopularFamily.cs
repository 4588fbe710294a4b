using Aisle.Evaluation.Slates;

namespace Aisle.Benchmarks.Ranking;

/// <summary>The yardstick: what most users have.</summary>
internal sealed class PopularFamily : IRankFamily
{
    /// <inheritdoc/>
    public string Name => "popularity";

    /// <inheritdoc/>
    public IReadOnlyList<Axis> AxesFor(RankData data) => [];

    /// <inheritdoc/>
    public UserScorer Train(RankData data, double[] settings)
    {
        float[] buyers = [.. PopularSlates.Buyers(data.Train).Select(count => (float)count)];
        return (_, scores) => buyers.CopyTo(scores);
    }
}
