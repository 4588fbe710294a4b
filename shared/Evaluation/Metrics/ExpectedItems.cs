using Aisle.Evaluation.Slates;
using Aisle.Feedback;

namespace Aisle.Evaluation.Metrics;

/// <summary>What a user would have been shown without a recommender: the most popular items, and the most popular
/// of the user's own main category.</summary>
/// <param name="train">What was known.</param>
/// <param name="categories">The category of each item, or null.</param>
/// <param name="k">How long such a list is.</param>
internal sealed class ExpectedItems(InteractionMatrix train, IReadOnlyList<int>? categories, int k)
{
    private readonly PopularSlates _popular = new(train, categories: null);
    private readonly PopularSlates? _inCategory = categories is null ? null : new PopularSlates(train, categories);

    /// <summary>Both lists of one user together.</summary>
    public HashSet<int> Of(int user)
    {
        int[] slate = new int[k];
        HashSet<int> expected = [.. slate.AsSpan(0, _popular.Rank(user, slate))];
        if (_inCategory is not null)
        {
            expected.UnionWith(slate[.._inCategory.Rank(user, slate)]);
        }

        return expected;
    }
}
