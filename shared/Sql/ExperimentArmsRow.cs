using Aisle.Events;

namespace Aisle.Sql;

/// <summary>Sums over the visitors of one variant who share standing, segment and currencies: a row of <c>experiment_arms</c>.</summary>
/// <param name="Variant">The variant shown first.</param>
/// <param name="Standing"><c>counted</c>, or why these visitors are left out: <c>mixed</c> (several variants), <c>excluded</c> (by the
/// report's list), <c>busy</c> (more events than a person makes), <c>implausible</c> (amounts that no shop takes).</param>
/// <param name="Device">The kind of device after exposure; <c>several</c>, or <c>unknown</c>.</param>
/// <param name="IsReturning">Whether the visitor was seen before the exposure.</param>
/// <param name="Week">Whole weeks from the experiment's start to the exposure.</param>
/// <param name="AgeBracket">The shopper's age bracket at the exposure; null when unknown.</param>
/// <param name="Location">The shopper's location at the exposure; null when unknown.</param>
/// <param name="LeftOut">Who is left out as <c>busy</c> or <c>implausible</c>, each with a row of their own; null for all others.</param>
/// <param name="FirstCurrency">The first currency that each paid in after the exposure, by alphabet; null where nobody paid.</param>
/// <param name="LastCurrency">The last one: another than the first where one paid in several.</param>
/// <param name="Visitors">How many.</param>
/// <param name="Sums">One sum for each of <see cref="ExperimentArmsQuery.Sums"/>, in its order; 0 for visitors who are left out.</param>
public sealed record ExperimentArmsRow(
    string Variant,
    string Standing,
    string Device,
    bool IsReturning,
    long Week,
    string? AgeBracket,
    string? Location,
    AssignmentId? LeftOut,
    string? FirstCurrency,
    string? LastCurrency,
    long Visitors,
    IReadOnlyList<Int128> Sums);
