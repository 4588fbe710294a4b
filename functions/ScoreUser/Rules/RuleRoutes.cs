using System.Text;
using System.Text.Json;
using Aisle.Http;
using Aisle.Reranking.Rules;
using Microsoft.AspNetCore.Http;

namespace Aisle.ScoreUser.Rules;

/// <summary><c>GET</c> and <c>PUT /v1/rules</c>: the merchandisers' document over HTTP.</summary>
internal static class RuleRoutes
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Adds the paths.</summary>
    public static RouteTable MapRules(this RouteTable routes, RuleDesk desk) => routes
        .Map(HttpMethods.Get, "v1/rules", ApiRole.Operator, async (context, _) =>
            await AnswerAsync(context, await desk.ReadAsync(context.RequestAborted), withDocument: true))
        .Map(HttpMethods.Put, "v1/rules", ApiRole.Operator, (context, _) => PutAsync(context, desk));

    private static async Task PutAsync(HttpContext context, RuleDesk desk)
    {
        if (QueryProblems(context.Request.Query) is { Count: > 0 } problems)
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid([.. problems]));
            return;
        }

        using JsonDocument body = await Bodies.ReadJsonAsync(context, MaxBytes);
        string document = body.RootElement.GetRawText();
        string? tag = context.Request.Headers.IfMatch.ToString().Trim('"') is { Length: > 0 } given and not "*" ? given : null;
        bool isTrial = context.Request.Query["dry_run"] == "true";
        (RuleSheet sheet, bool isConflict) = isTrial
            ? (await desk.CheckAsync(document, context.RequestAborted), false)
            : await desk.WriteAsync(document, tag, context.RequestAborted);
        await (sheet.IsRefused ? ProblemWriter.WriteAsync(context, Problem.Invalid([.. Refusals(sheet)]))
            : isConflict ? ProblemWriter.WriteAsync(context, Problem.Conflict("Somebody else changed the rules meanwhile; read them again and repeat the change."))
            : AnswerAsync(context, sheet, withDocument: false));
    }

    /// <summary>A trial whose wish is not understood must not become a change.</summary>
    private static List<FieldProblem> QueryProblems(IQueryCollection query)
    {
        List<FieldProblem> problems = [.. QueryFields.Unknown(query, "dry_run")];
        if (query["dry_run"].ToString() is not ("" or "true" or "false"))
        {
            problems.Add(new FieldProblem("dry_run", "neither true nor false", "Send dry_run=true to check the rules without setting them."));
        }

        return problems;
    }

    private static IEnumerable<FieldProblem> Refusals(RuleSheet sheet) => sheet.Problems.Select(Split)
        .Concat(sheet.Findings.Where(finding => finding.IsError).Select(finding =>
            new FieldProblem($"rules ({string.Join(", ", finding.RuleIds)})", NameOf(finding.Problem), finding.Message)));

    private static FieldProblem Split(string problem)
    {
        int place = problem.IndexOf(": ", StringComparison.Ordinal);
        int remedy = problem.IndexOf("; ", StringComparison.Ordinal);
        return place < 0 || remedy < place
            ? new FieldProblem(place < 0 ? "rules" : problem[..place], problem[(place < 0 ? 0 : place + 2)..], "Correct it as docs/merchandising.md shows.")
            : new FieldProblem(problem[..place], problem[(place + 2)..remedy], problem[(remedy + 2)..]);
    }

    private static Task AnswerAsync(HttpContext context, RuleSheet sheet, bool withDocument) => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteString("tag", sheet.Tag);
        json.WriteBoolean("usable", sheet.Rules is not null);
        json.WriteNumber("rules", sheet.Rules?.Rules.Count ?? 0);
        json.WriteNumber("bursts", sheet.Rules?.Bursts.Count ?? 0);
        json.WriteNumber("repeat_purchases", sheet.Rules?.RepeatPurchases.Count ?? 0);
        json.WriteStartArray("problems");
        foreach (string problem in sheet.Problems)
        {
            json.WriteStringValue(problem);
        }

        json.WriteEndArray();
        WriteFindings(json, sheet.Findings);
        if (withDocument && sheet.Rules is { } rules)
        {
            json.WritePropertyName("document");
            json.WriteRawValue(Encoding.UTF8.GetString(RuleFile.Write(rules)));
        }

        json.WriteEndObject();
    });

    private static void WriteFindings(Utf8JsonWriter json, IReadOnlyList<RuleFinding> findings)
    {
        json.WriteStartArray("findings");
        foreach (RuleFinding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("severity", finding.IsError ? "error" : "warning");
            json.WriteString("problem", NameOf(finding.Problem));
            json.WriteStartArray("rules");
            foreach (string id in finding.RuleIds)
            {
                json.WriteStringValue(id);
            }

            json.WriteEndArray();
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string NameOf(RuleProblem problem) => JsonNamingPolicy.SnakeCaseLower.ConvertName(problem.ToString());
}
