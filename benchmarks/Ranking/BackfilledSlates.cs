using Aisle.Evaluation.Slates;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Ranking;

/// <summary>A model's slates, filled up by popularity: users without a history get popularity alone, as the product serves them.</summary>
/// <param name="inner">The model.</param>
/// <param name="train">What was known.</param>
internal sealed class BackfilledSlates(ISlateSource inner, InteractionMatrix train) : ISlateSource
{
    private readonly PopularSlates _popular = new(train, categories: null);

    /// <inheritdoc/>
    public int Rank(int user, Span<int> slate)
    {
        int count = train.ItemsOf(user).IsEmpty ? 0 : inner.Rank(user, slate);
        if (count == slate.Length)
        {
            return count;
        }

        HashSet<int> shown = [.. slate[..count]];
        int[] popular = new int[slate.Length];
        int found = _popular.Rank(user, popular);
        for (int rank = 0; rank < found && count < slate.Length; rank++)
        {
            if (shown.Add(popular[rank]))
            {
                slate[count++] = popular[rank];
            }
        }

        return count;
    }
}
