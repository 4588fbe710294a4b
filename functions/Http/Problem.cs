using Microsoft.AspNetCore.Http;

namespace Aisle.Http;

/// <summary>A problem document (RFC 9457): what went wrong, which fields, and the remedy.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">A stable word that programs can switch on; written as <c>urn:aisle:problem:{type}</c>.</param>
/// <param name="Title">The kind of problem in a sentence, the same each time.</param>
/// <param name="Detail">This occurrence in a sentence; null when the title says it all.</param>
/// <param name="Problems">The fields that are wrong; empty when it is no field's fault.</param>
public sealed record Problem(int Status, string Type, string Title, string? Detail, IReadOnlyList<FieldProblem> Problems)
{
    /// <summary>A request whose fields are wrong: 400.</summary>
    public static Problem Invalid(params IReadOnlyList<FieldProblem> problems) =>
        new(StatusCodes.Status400BadRequest, "invalid_request", "The request has fields that cannot be used.", null, problems);

    /// <summary>Something named does not exist: 404.</summary>
    public static Problem NotFound(string field, string problem, string remedy) =>
        new(StatusCodes.Status404NotFound, "not_found", "What the request names does not exist.", null, [new(field, problem, remedy)]);

    /// <summary>The request clashes with what is there: 409.</summary>
    public static Problem Conflict(string detail) =>
        new(StatusCodes.Status409Conflict, "conflict", "The request clashes with the present state.", detail, []);

    /// <summary>The function cannot do its work now: 503, with a reason and what to do.</summary>
    public static Problem Unavailable(string detail) =>
        new(StatusCodes.Status503ServiceUnavailable, "unavailable", "The function cannot answer now; try again.", detail, []);
}
