namespace Aisle.Feedback;

/// <summary>A trained model that scores all items for a history: a user's, or one made up, such as a single
/// product. Safe for several threads.</summary>
public interface IItemScorer
{
    /// <summary>How many items there are.</summary>
    int ItemCount { get; }

    /// <summary>Scores every item, the history's own included.</summary>
    /// <param name="items">What the user interacted with, by index, ascending, each once; may be empty.</param>
    /// <param name="weights">How much each says; as long as <paramref name="items"/>.</param>
    /// <param name="scores">One score for each item; higher is better, comparable within one history only. Never NaN.</param>
    void Score(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> scores);
}
