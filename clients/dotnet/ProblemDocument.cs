namespace Aisle.Client;

/// <summary>A problem document (RFC 9457).</summary>
internal sealed record ProblemDocument(string? Type, string? Title, string? Detail, string? TraceId, IReadOnlyList<FieldProblem>? Problems);
