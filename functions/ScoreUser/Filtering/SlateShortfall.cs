namespace Aisle.ScoreUser.Filtering;

/// <summary>Why a slate has fewer positions than were asked for, or fewer products of a kind.</summary>
/// <param name="Requested">How many were asked for.</param>
/// <param name="Eligible">How many products of the shop passed the filters.</param>
/// <param name="Reasons">How many products each filter removed, largest first, such as <c>price</c>; then how many are missing of a floor, such as <c>min_per_brand:Acme</c>.</param>
public sealed record SlateShortfall(int Requested, int Eligible, IReadOnlyList<(string Reason, int Count)> Reasons);
