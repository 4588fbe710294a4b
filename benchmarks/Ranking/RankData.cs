using Aisle.Feedback;

namespace Aisle.Benchmarks.Ranking;

/// <summary>What a model of <c>rank</c> learns from: the whole training file, or the inner half of it while
/// settings are searched.</summary>
/// <param name="Train">Users × items; weights damped and about 1.</param>
/// <param name="Timed">The same with moments, or null where the file has none.</param>
internal sealed record RankData(InteractionMatrix Train, IReadOnlyList<TimedInteraction>? Timed)
{
    private readonly Lazy<int[][]?> _orders = new(() => Timed is null ? null : Orders(Train, Timed));

    /// <summary>Each user's items in order of time, repeats included; null where the file has no times.</summary>
    public int[][]? Histories => _orders.Value;

    /// <summary>How much each of a user's items says when the newest say most: weight · (1 + later items)^−ρ.</summary>
    /// <param name="user">The user.</param>
    /// <param name="recency">ρ; 0 leaves the weights as they are.</param>
    public float[] WeightsOf(int user, double recency)
    {
        float[] weights = Train.WeightsOf(user).ToArray();
        if (recency == 0 || Histories is not { } histories)
        {
            return weights;
        }

        ReadOnlySpan<int> items = Train.ItemsOf(user);
        int later = 0;
        HashSet<int> met = [];
        foreach (int item in histories[user].Reverse())
        {
            if (met.Add(item))
            {
                weights[items.BinarySearch(item)] *= (float)Math.Pow(1 + later++, -recency);
            }
        }

        return weights;
    }

    private static int[][] Orders(InteractionMatrix train, IReadOnlyList<TimedInteraction> timed)
    {
        int[][] histories = [.. Enumerable.Range(0, train.UserCount).Select(_ => Array.Empty<int>())];
        foreach (IGrouping<int, TimedInteraction> user in timed.GroupBy(act => act.User))
        {
            histories[user.Key] = [.. user.OrderBy(act => act.At).ThenBy(act => act.Item).Select(act => act.Item)];
        }

        return histories;
    }
}
