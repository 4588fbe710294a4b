using Aisle.Benchmarks.Files;
using Aisle.Evaluation;

namespace Aisle.Benchmarks.Ranking;

/// <summary>The sampled protocol: of a model's whole ranking only a user's held items and given negatives are kept.</summary>
/// <param name="inner">A model that ranks the whole catalogue.</param>
/// <param name="holdout">What was held out.</param>
/// <param name="negatives">For each user the items among which the held ones are to be found.</param>
/// <param name="itemCount">How many items there are.</param>
internal sealed class SampledSlates(ISlateSource inner, Holdout holdout, IReadOnlyDictionary<int, HashSet<int>> negatives, int itemCount) : ISlateSource
{
    /// <summary>Reads a <c>user,item</c> file of negatives; users and items that the data do not know are left out, as are items that the user has.</summary>
    public static Dictionary<int, HashSet<int>> Read(string path, Dataset data)
    {
        Dictionary<int, HashSet<int>> negatives = [];
        foreach (PairLine pair in PairFile.Stream(path))
        {
            if (data.Users.TryGetIndex(pair.User, out int user) && data.Items.TryGetIndex(pair.Item, out int item) && data.Train.ItemsOf(user).BinarySearch(item) < 0)
            {
                (negatives.TryGetValue(user, out HashSet<int>? set) ? set : negatives[user] = []).Add(item);
            }
        }

        return negatives;
    }

    /// <inheritdoc/>
    public int Rank(int user, Span<int> slate)
    {
        int[] all = new int[itemCount];
        int count = inner.Rank(user, all);
        HashSet<int> allowed = [.. holdout.Held.ItemsOf(user)];
        allowed.UnionWith(negatives.GetValueOrDefault(user) ?? []);
        int written = 0;
        for (int rank = 0; rank < count && written < slate.Length; rank++)
        {
            if (allowed.Contains(all[rank]))
            {
                slate[written++] = all[rank];
            }
        }

        return written;
    }
}
