using Aisle.Events;

namespace Aisle.Sql;

/// <summary>What one exposed visitor of an experiment did after the first exposure: a row of <c>experiment_users</c>.</summary>
/// <param name="Assignment">The visitor.</param>
/// <param name="Variant">The variant that was shown; when there were several, any of them.</param>
/// <param name="Variants">How many different variants were shown: more than one means that the visitor cannot be counted.</param>
/// <param name="RevenueMinor">Purchases less refunds, minor units.</param>
/// <param name="Purchases">Order lines bought.</param>
/// <param name="Impressions">Items shown in slates.</param>
/// <param name="Clicks">Clicks that carry a slate.</param>
/// <param name="Currency">The currency of the revenue, of several the first by alphabet; null without any.</param>
public sealed record ExperimentUser(
    AssignmentId Assignment, string Variant, long Variants, long RevenueMinor, long Purchases, long Impressions, long Clicks, string? Currency)
{
    /// <summary>Orders bought; an order line without an order counts as one.</summary>
    public long Orders { get; init; }

    /// <summary>Events of any kind, those before the exposure included: a program makes more than a person.</summary>
    public long Events { get; init; }

    /// <summary>Of several currencies the last by alphabet; else the same as the first, or null where it was not asked for.</summary>
    public string? LastCurrency { get; init; }

    /// <summary>Purchases less refunds before the exposure, minor units.</summary>
    public long RevenueBeforeMinor { get; init; }
}
