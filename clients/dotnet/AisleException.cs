using System.Net;

namespace Aisle.Client;

/// <summary>The server refused a request.</summary>
public sealed class AisleException : Exception
{
    internal AisleException(HttpStatusCode status, ProblemDocument? problem, TimeSpan? retryAfter)
        : base(MessageOf(status, problem))
    {
        Status = status;
        Type = problem?.Type;
        Problems = problem?.Problems ?? [];
        TraceId = problem?.TraceId;
        RetryAfter = retryAfter;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>A word that programs can switch on, such as <c>urn:aisle:problem:invalid_request</c>; null when the
    /// answer was no problem document.</summary>
    public string? Type { get; }

    /// <summary>The fields that are wrong, each with its remedy; empty when it is no field's fault.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; }

    /// <summary>When the server wants to be asked again; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The request's trace, by which the server's log is searched; null when there is none.</summary>
    public string? TraceId { get; }

    private static string MessageOf(HttpStatusCode status, ProblemDocument? problem) => problem is null
        ? $"Aisle answered {(int)status}."
        : string.Join(' ', [$"Aisle answered {(int)status}: "
            + $"{problem.Title}", problem.Detail, .. (problem.Problems ?? []).Select(field => $"{field.Field}: {field.Problem}. {field.Remedy}")]).TrimEnd();
}
