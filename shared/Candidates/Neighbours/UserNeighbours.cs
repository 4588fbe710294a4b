using System.Collections.Concurrent;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Candidates.Neighbours;

/// <summary>Finds the shoppers most like a live one by the products that both touched, and what else they
/// touched. Safe for several threads.</summary>
/// <remarks>User-based nearest neighbours on binary rows (Resnick and others 1994; cosine as in Breese, Heckerman and Kadie 1998).
/// A shopper who was part of the training finds their own row too; it votes only for what they already touched.</remarks>
internal sealed class UserNeighbours(InteractionMatrix users, InteractionMatrix byItem)
{
    private readonly ConcurrentBag<int[]> _counts = [];

    /// <summary>The most similar shoppers, best first, ties by index.</summary>
    /// <param name="items">What the live shopper touched, each once.</param>
    /// <param name="count">How many at most, positive.</param>
    /// <remarks>O(shoppers of the items).</remarks>
    public SimilarUser[] Find(ReadOnlySpan<int> items, int count)
    {
        int[] overlaps = _counts.TryTake(out int[]? spare) ? spare : new int[users.UserCount];
        List<int> met = [];
        foreach (int item in items)
        {
            foreach (int user in byItem.ItemsOf(item))
            {
                if (overlaps[user]++ == 0)
                {
                    met.Add(user);
                }
            }
        }

        TopK nearest = new(count);
        foreach (int user in met)
        {
            nearest.Offer(user, Similarity(overlaps[user], items.Length, users.ItemsOf(user).Length));
        }

        ScoredIndex[] ranked = new ScoredIndex[nearest.Count];
        nearest.Drain(ranked);
        SimilarUser[] found = [.. ranked.Select(entry => new SimilarUser(entry.Index, overlaps[entry.Index], entry.Score))];
        met.ForEach(user => overlaps[user] = 0);
        _counts.Add(overlaps);
        return found;
    }

    /// <summary>How strongly the neighbours speak for each item: the share of their similarity that touched it, in [0, 1].</summary>
    /// <param name="neighbours">From <see cref="Find"/>.</param>
    /// <param name="scores">One for each item; overwritten.</param>
    public void Score(ReadOnlySpan<SimilarUser> neighbours, Span<float> scores)
    {
        scores.Clear();
        float total = 0;
        foreach (SimilarUser neighbour in neighbours)
        {
            total += neighbour.Similarity;
        }

        foreach (SimilarUser neighbour in neighbours)
        {
            float vote = neighbour.Similarity / total;
            foreach (int item in users.ItemsOf(neighbour.User))
            {
                scores[item] += vote;
            }
        }
    }

    /// <summary>Splits the neighbours' score of one item into what each touched item adds: a neighbour's vote counts in equal parts for
    /// the items that make them alike.</summary>
    /// <param name="neighbours">From <see cref="Find"/>.</param>
    /// <param name="items">What the live shopper touched.</param>
    /// <param name="target">The item that is explained.</param>
    /// <param name="contributions">As long as <paramref name="items"/>; they sum to the score of the item.</param>
    public void Explain(ReadOnlySpan<SimilarUser> neighbours, ReadOnlySpan<int> items, int target, Span<double> contributions)
    {
        contributions.Clear();
        double total = 0;
        foreach (SimilarUser neighbour in neighbours)
        {
            total += neighbour.Similarity;
            ReadOnlySpan<int> row = users.ItemsOf(neighbour.User);
            if (row.BinarySearch(target) < 0)
            {
                continue;
            }

            for (int index = 0; index < items.Length; index++)
            {
                contributions[index] += row.BinarySearch(items[index]) >= 0 ? neighbour.Similarity / (double)neighbour.Overlap : 0;
            }
        }

        for (int index = 0; total > 0 && index < contributions.Length; index++)
        {
            contributions[index] /= total;
        }
    }

    private static float Similarity(int overlap, int ours, int theirs) => (float)(overlap / Math.Sqrt((double)ours * theirs));
}
