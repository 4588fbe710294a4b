using System.Text.Json;
using Aisle.AbReport.Page;
using Aisle.AbReport.Results;
using Aisle.Http;
using Microsoft.AspNetCore.Http;

namespace Aisle.AbReport.Reviewing;

/// <summary><c>POST /v1/experiments/review</c>: all experiments that are due are judged, and who must know is told.</summary>
/// <param name="reviewer">Judges and tells.</param>
public sealed class ReviewRoutes(ExperimentReviewer reviewer)
{
    /// <summary>Adds the path.</summary>
    public RouteTable AddTo(RouteTable routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        return routes.MapBodiless(HttpMethods.Post, "v1/experiments/review", ApiRole.Operator, async (context, _) =>
        {
            ExperimentReview review = await reviewer.ReviewAsync(context.RequestAborted);
            await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, review));
        });
    }

    private static void Write(Utf8JsonWriter json, ExperimentReview review)
    {
        json.WriteStartObject();
        json.WriteString("reviewed_at", review.ReviewedAt);
        json.WriteStartArray("experiments");
        foreach (ReviewedExperiment reviewed in review.Experiments)
        {
            Write(json, reviewed);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReviewedExperiment reviewed)
    {
        ReportVerdict? verdict = reviewed.Verdict;
        json.WriteStartObject();
        json.WriteString("key", reviewed.Key);
        json.WriteBoolean("over", reviewed.IsOver);
        json.WriteString("verdict", verdict is null ? null : Words.Wire(verdict.Kind));
        json.WriteString("variant", verdict?.Variant);
        json.WriteString("sentence", verdict?.Sentence);
        json.WriteStartArray("wrong");
        foreach (VerdictReason reason in verdict?.Kind == VerdictKind.Invalid ? verdict.Reasons : [])
        {
            json.WriteStartObject();
            json.WriteString("code", reason.Code);
            json.WriteString("text", reason.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("told");
        foreach (string kind in reviewed.Told)
        {
            json.WriteStringValue(kind);
        }

        json.WriteEndArray();
        json.WriteString("fault", reviewed.Fault);
        json.WriteEndObject();
    }
}
