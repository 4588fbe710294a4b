using Aisle.Events;

namespace Aisle.AbReport.Estimating;

/// <summary>A policy that is only proposed: the logged one with more or less exploration, or a table of what would be shown.</summary>
/// <param name="Surface">The shelf that it is for, such as <c>home</c>.</param>
/// <param name="From">The first instant of the log that counts.</param>
/// <param name="To">The first that does not any more.</param>
public sealed record ProposedPolicy(string Surface, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Only slates made under this <c>experiment=variant</c> count; null for all.</summary>
    public string? Variant { get; init; }

    /// <summary>What multiplies the chance of every explored product; what stands there otherwise takes or gives the rest. 0 explores
    /// nothing, 1 is the logged policy; null for a table.</summary>
    public double? Exploration { get; init; }

    /// <summary>By position from 1, the chance of each product; those of a position add up to 1. Null for exploration.</summary>
    public IReadOnlyDictionary<int, IReadOnlyDictionary<ProductId, double>>? Table { get; init; }
}
