using Aisle.Events;

namespace Aisle.Sql;

/// <summary>One position of a slate that was shown: a row of <c>logged_places</c>.</summary>
/// <param name="User">Who saw it.</param>
/// <param name="Position">From 1.</param>
/// <param name="Product">What was shown.</param>
/// <param name="IsExplored">Whether chance put it there.</param>
/// <param name="Propensity">The chance with which it was shown there; in (0, 1] unless the log is damaged.</param>
/// <param name="IsClicked">Whether it was clicked.</param>
public sealed record LoggedPlace(UserId User, long Position, ProductId Product, bool IsExplored, double Propensity, bool IsClicked);
