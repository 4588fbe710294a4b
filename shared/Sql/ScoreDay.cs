namespace Aisle.Sql;

/// <summary>How often a score was shown on a day: a row of <c>score_days</c>.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Step">The score in steps of 0.05: step s is s/20 up to (s + 1)/20; −1 is below 0, 40 is 2 or more.</param>
/// <param name="Places">In how many places of slates.</param>
public sealed record ScoreDay(DateOnly Day, long Step, long Places);
