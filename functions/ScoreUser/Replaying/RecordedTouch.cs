namespace Aisle.ScoreUser.Replaying;

/// <summary>One interaction of a record.</summary>
/// <param name="Product">With what.</param>
/// <param name="At">When, microseconds since 1970.</param>
/// <param name="Type">What was done, by its number.</param>
/// <param name="Visit">Which of the visits in the document, from 1; 0 for none named.</param>
internal readonly record struct RecordedTouch(string Product, long At, int Type, int Visit);
