namespace Aisle.ScoreUser.Filtering;

/// <summary>Why a slate has fewer positions than were asked for.</summary>
/// <param name="Requested">How many were asked for.</param>
/// <param name="Eligible">How many products of the shop passed the filters.</param>
/// <param name="Reasons">How many products each filter removed, largest first, such as <c>price</c>.</param>
public sealed record SlateShortfall(int Requested, int Eligible, IReadOnlyList<(string Reason, int Count)> Reasons);
