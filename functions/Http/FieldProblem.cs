namespace Aisle.Http;

/// <summary>What is wrong with one field of a request, and what to do about it.</summary>
/// <param name="Field">The field's name or path, such as <c>events[3].currency</c>, or the parameter's name.</param>
/// <param name="Problem">What is wrong, in words.</param>
/// <param name="Remedy">What to send instead.</param>
public sealed record FieldProblem(string Field, string Problem, string Remedy);
