namespace Aisle.Benchmarks.Files;

/// <summary>All usable lines of a pair file.</summary>
/// <param name="Pairs">In the order of the file.</param>
/// <param name="LeftOut">How many lines were left out because their weight says nothing: not a number, zero, negative or infinite.</param>
/// <param name="FirstProblem">Which of them came first, and why; null when there is none.</param>
internal sealed record PairTable(IReadOnlyList<PairLine> Pairs, long LeftOut, string? FirstProblem);
