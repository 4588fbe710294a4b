using Aisle.Http;
using Microsoft.AspNetCore.Http;

namespace Aisle.AbReport.Requests;

/// <summary>The parameters that a report's address may have: what it cannot change is told, or a reader would take the figures for other ones.</summary>
internal static class ReportQuery
{
    private static readonly Dictionary<string, string> Fixed = new(StringComparer.Ordinal)
    {
        ["alpha"] = "Leave it out: the level was set before the data were seen, and the report states it as alpha.",
        ["from"] = "Leave it out: a report counts from the experiment's start, or its visitors would not be the ones who were divided.",
        ["to"] = "Leave it out: a report counts until now or the experiment's end, and says so as until.",
        ["until"] = "Leave it out: a report counts until now or the experiment's end, and says so as until.",
    };

    /// <summary>A problem for each parameter that is not known.</summary>
    /// <param name="query">The address's parameters.</param>
    /// <param name="known">The names it may have.</param>
    public static IEnumerable<FieldProblem> Unknown(IQueryCollection query, params string[] known) => QueryFields.Unknown(query, known)
        .Select(problem => Fixed.TryGetValue(problem.Field, out string? why) ? new FieldProblem(problem.Field, "cannot be chosen for a report", why) : problem);
}
