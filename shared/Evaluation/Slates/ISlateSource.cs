namespace Aisle.Evaluation.Slates;

/// <summary>A recommender under judgement: ranks items for a user whom it knows from training. Safe for several threads.</summary>
public interface ISlateSource
{
    /// <summary>Ranks the best items that the user does not have yet.</summary>
    /// <param name="user">The user's index in the holdout.</param>
    /// <param name="slate">Takes item indexes, best first, none twice and none of the user's training items.</param>
    /// <returns>How many were written; fewer than the slate holds when there are no more.</returns>
    int Rank(int user, Span<int> slate);
}
