namespace Aisle.Feedback;

/// <summary>One interaction with its moment, by dense indexes: what a holdout by time is cut from.</summary>
/// <param name="User">The user's index.</param>
/// <param name="Item">The item's index.</param>
/// <param name="Weight">How much it says, positive and finite.</param>
/// <param name="At">When it happened (event time).</param>
public readonly record struct TimedInteraction(int User, int Item, float Weight, DateTimeOffset At);
