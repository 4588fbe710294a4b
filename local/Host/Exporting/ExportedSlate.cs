using Aisle.ScoreUser.Answering;

namespace Aisle.Host.Exporting;

/// <summary>What one shopper gets, or why nothing.</summary>
/// <param name="User">The shop's own id, or the pseudonym where the shop named nobody.</param>
/// <param name="Outcome">The slate; null when the shopper is left out.</param>
/// <param name="LeftOut">Why the shopper is left out; null with a slate.</param>
internal sealed record ExportedSlate(string User, ScoreOutcome? Outcome, string? LeftOut);
