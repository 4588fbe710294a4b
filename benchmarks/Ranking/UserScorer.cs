namespace Aisle.Benchmarks.Ranking;

/// <summary>Scores all items for a user who is known from training.</summary>
/// <param name="user">The user's index.</param>
/// <param name="scores">One for each item; overwritten.</param>
internal delegate void UserScorer(int user, Span<float> scores);
