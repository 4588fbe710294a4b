namespace Aisle.Events.Rules;

/// <summary>What is wrong with one field of an event, and what to do about it.</summary>
/// <param name="Field">The field's wire name.</param>
/// <param name="Problem">What is wrong, in words.</param>
/// <param name="Remedy">What to send instead.</param>
public sealed record EventFault(string Field, string Problem, string Remedy);
