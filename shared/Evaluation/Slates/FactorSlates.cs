using Aisle.Evaluation.Holdouts;
using Aisle.Factorization;
using Aisle.Factorization.Ranking;
using Aisle.Numerics;

namespace Aisle.Evaluation.Slates;

/// <summary>The slates of all trained users, ranked at once by their own factors.</summary>
public sealed class FactorSlates : ISlateSource
{
    private readonly int[][] _slates;

    /// <summary>Ranks.</summary>
    /// <param name="model">The trained factors.</param>
    /// <param name="holdout">Whose training items are masked.</param>
    /// <param name="k">How long slates are at most.</param>
    /// <param name="cancellationToken">Heeded between blocks of users.</param>
    public FactorSlates(FactorModel model, Holdout holdout, int k, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(holdout);
        _slates = new int[model.Users.Count][];
        using FactorRanking ranking = new(model.Items);
        ranking.RankAll(model.Users, holdout.Train, k, degreeOfParallelism: 0, Keep, cancellationToken);
    }

    /// <inheritdoc/>
    public int Rank(int user, Span<int> slate)
    {
        int count = Math.Min(slate.Length, _slates[user].Length);
        _slates[user].AsSpan(0, count).CopyTo(slate);
        return count;
    }

    private void Keep(int user, ReadOnlySpan<ScoredIndex> ranked)
    {
        int[] slate = new int[ranked.Length];
        for (int rank = 0; rank < slate.Length; rank++)
        {
            slate[rank] = ranked[rank].Index;
        }

        _slates[user] = slate;
    }
}
