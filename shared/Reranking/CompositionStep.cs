namespace Aisle.Reranking;

/// <summary>What a slate looked like after one step of its composition.</summary>
/// <param name="Name">The step: <c>pins</c>, <c>policy</c>, <c>back_fill</c>, <c>floors</c> or <c>exploration</c>.</param>
/// <param name="Items">The product at each position, by index; null where it is open.</param>
public sealed record CompositionStep(string Name, IReadOnlyList<int?> Items);
