using Aisle.Feedback;

namespace Aisle.Candidates.Neighbours;

/// <summary>Cuts each user's row to the strongest items, so that nobody can dominate what is counted over users.</summary>
internal static class StrongestItems
{
    /// <summary>The matrix with at most <paramref name="limit"/> items a user: highest weight first, ties by index.</summary>
    public static InteractionMatrix Of(InteractionMatrix interactions, int limit)
    {
        InteractionMatrixBuilder builder = new(interactions.UserCount, interactions.ItemCount);
        for (int user = 0; user < interactions.UserCount; user++)
        {
            int[] items = interactions.ItemsOf(user).ToArray();
            float[] weights = interactions.WeightsOf(user).ToArray();
            IEnumerable<int> kept = items.Length <= limit
                ? Enumerable.Range(0, items.Length)
                : Enumerable.Range(0, items.Length).OrderByDescending(index => weights[index]).Take(limit);
            foreach (int index in kept)
            {
                builder.Add(user, items[index], weights[index]);
            }
        }

        return builder.Build();
    }
}
