using Aisle.Feedback;

namespace Aisle.Evaluation.Slates;

/// <summary>The yardstick: everybody gets what most users have, without what they have themselves; or only items
/// of their own main category.</summary>
public sealed class PopularSlates : ISlateSource
{
    private readonly InteractionMatrix _train;
    private readonly int[] _ranked;
    private readonly IReadOnlyList<int>? _categories;

    /// <summary>Counts users per item.</summary>
    /// <param name="train">What was known.</param>
    /// <param name="categories">For each item its category, to show each user the category in which most of the user's weight lies; null to
    /// show all. Items of other categories follow once the category is used up.</param>
    public PopularSlates(InteractionMatrix train, IReadOnlyList<int>? categories)
    {
        ArgumentNullException.ThrowIfNull(train);
        int[] buyers = Buyers(train);
        _train = train;
        _categories = categories;
        _ranked = [.. Enumerable.Range(0, train.ItemCount).OrderByDescending(item => buyers[item]).ThenBy(item => item)];
    }

    /// <summary>For each item, how many users have it.</summary>
    public static int[] Buyers(InteractionMatrix train)
    {
        ArgumentNullException.ThrowIfNull(train);
        int[] buyers = new int[train.ItemCount];
        foreach (int item in train.AllItems)
        {
            buyers[item]++;
        }

        return buyers;
    }

    /// <inheritdoc/>
    public int Rank(int user, Span<int> slate)
    {
        if (_categories is null || _train.ItemsOf(user).IsEmpty)
        {
            return Fill(user, slate, 0, _ => true);
        }

        int main = MainCategory(user);
        int written = Fill(user, slate, 0, item => _categories[item] == main);
        return Fill(user, slate, written, item => _categories[item] != main);
    }

    private int Fill(int user, Span<int> slate, int written, Func<int, bool> eligible)
    {
        ReadOnlySpan<int> seen = _train.ItemsOf(user);
        for (int rank = 0; rank < _ranked.Length && written < slate.Length; rank++)
        {
            if (eligible(_ranked[rank]) && seen.BinarySearch(_ranked[rank]) < 0)
            {
                slate[written++] = _ranked[rank];
            }
        }

        return written;
    }

    private int MainCategory(int user)
    {
        Dictionary<int, double> weights = [];
        ReadOnlySpan<int> items = _train.ItemsOf(user);
        for (int index = 0; index < items.Length; index++)
        {
            int category = _categories![items[index]];
            weights[category] = weights.GetValueOrDefault(category) + _train.WeightsOf(user)[index];
        }

        return weights.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).First().Key;
    }
}
