using Microsoft.AspNetCore.Http;

namespace Aisle.AbReport.Page;

/// <summary>Chooses the form of a report: by <c>?format=</c>, else by <c>Accept</c>, else a page for people.</summary>
internal static class ReportFormats
{
    private static readonly ReportFormat[] All =
    [
        new("html", "text/html; charset=utf-8", ReportHtml.Write),
        new("json", "application/json", ReportJson.Write),
        new("csv", "text/csv; charset=utf-8", ReportCsv.Write),
        new("markdown", "text/markdown; charset=utf-8", ReportMarkdown.Write),
    ];

    /// <summary>The form, or null when <c>?format=</c> names none.</summary>
    public static ReportFormat? Choose(HttpRequest request)
    {
        if (request.Query["format"].ToString() is { Length: > 0 } named)
        {
            return Array.Find(All, format => format.Name == named);
        }

        string accept = request.Headers.Accept.ToString();
        return All.Where(format => accept.Contains(format.ContentType.Split(';')[0], StringComparison.OrdinalIgnoreCase))
            .OrderBy(format => accept.IndexOf(format.ContentType.Split(';')[0], StringComparison.OrdinalIgnoreCase))
            .FirstOrDefault(All[0]);
    }
}
