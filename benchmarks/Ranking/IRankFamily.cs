namespace Aisle.Benchmarks.Ranking;

/// <summary>A kind of model that <c>rank</c> compares.</summary>
internal interface IRankFamily
{
    /// <summary>The name that is asked for.</summary>
    string Name { get; }

    /// <summary>What a search may set.</summary>
    /// <param name="data">What will be learnt from: some settings make sense only with times.</param>
    IReadOnlyList<Axis> AxesFor(RankData data);

    /// <summary>Trains.</summary>
    /// <param name="data">What is learnt from.</param>
    /// <param name="settings">One value for each axis.</param>
    /// <returns>Scores all items for a user; higher is better. Safe for several threads.</returns>
    /// <exception cref="ArgumentException">The data do not allow this model; the message says why.</exception>
    UserScorer Train(RankData data, double[] settings);
}
