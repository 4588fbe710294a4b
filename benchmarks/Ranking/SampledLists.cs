using Aisle.Benchmarks.Files;
using Aisle.Evaluation.Holdouts;
using Aisle.Evaluation.Slates;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Ranking;

/// <summary>The sampled protocol: only a user's held items and given negatives are ranked; among equals the more
/// popular item comes first.</summary>
/// <param name="scorer">A model.</param>
/// <param name="train">What was known.</param>
/// <param name="allowed">For each user what is ranked.</param>
internal sealed class SampledLists(UserScorer scorer, InteractionMatrix train, IReadOnlyDictionary<int, HashSet<int>> allowed) : ISlateSource
{
    private readonly int[] _buyers = PopularSlates.Buyers(train);

    /// <summary>Held items and negatives of each judged user; users and items that the data do not know are left out,
    /// as are items that the user has.</summary>
    public static Dictionary<int, HashSet<int>> Allowed(IEnumerable<PairLine> negatives, Dataset data, Holdout holdout)
    {
        Dictionary<int, HashSet<int>> allowed = holdout.JudgedUsers.ToDictionary(user => user, user => new HashSet<int>(holdout.Held.ItemsOf(user).ToArray()));
        foreach (PairLine pair in negatives)
        {
            if (data.Users.TryGetIndex(pair.User, out int user) && data.Items.TryGetIndex(pair.Item, out int item)
                && data.Train.ItemsOf(user).BinarySearch(item) < 0 && allowed.TryGetValue(user, out HashSet<int>? items))
            {
                items.Add(item);
            }
        }

        return allowed;
    }

    /// <inheritdoc/>
    public int Rank(int user, Span<int> slate)
    {
        float[] scores = new float[train.ItemCount];
        if (!train.ItemsOf(user).IsEmpty)
        {
            scorer(user, scores);
        }

        int[] ranked = [.. allowed[user].OrderByDescending(item => scores[item]).ThenByDescending(item => _buyers[item]).ThenBy(item => item).Take(slate.Length)];
        ranked.CopyTo(slate);
        return ranked.Length;
    }
}
