namespace Aisle.Client;

/// <summary>What is wrong with one field.</summary>
/// <param name="Field">Its name or path.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What to send instead.</param>
public sealed record FieldProblem(string Field, string Problem, string Remedy);
