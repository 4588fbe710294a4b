using System.Text.Json;
using Aisle.AbReport.Page;
using Aisle.Http;
using Aisle.Statistics.OffPolicy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aisle.AbReport.Estimating;

/// <summary>The path of estimates: what a policy that never ran would have earned.</summary>
/// <param name="estimator">Estimates.</param>
/// <param name="clock">Where the log ends.</param>
public sealed class EstimateRoutes(PolicyEstimator estimator, TimeProvider clock)
{
    private const int MaxBody = 4 * 1024 * 1024;

    internal RouteTable AddTo(RouteTable routes) => routes.Map(HttpMethods.Post, "v1/estimates", ApiRole.Analyst, EstimateAsync);

    private async Task EstimateAsync(HttpContext context, RouteValueDictionary values)
    {
        using JsonDocument body = await Bodies.ReadJsonAsync(context, MaxBody);
        PolicyRequest request = new(clock.GetUtcNow());
        if (request.Read(body.RootElement) is not { } policy)
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(request.Problems));
            return;
        }

        OffPolicyEvaluation evaluation = await estimator.EstimateAsync(policy, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, policy, evaluation));
    }

    private static void Write(Utf8JsonWriter json, ProposedPolicy policy, OffPolicyEvaluation evaluation)
    {
        json.WriteStartObject();
        json.WriteString("status", Words.Wire(evaluation.Status));
        json.WriteString("problem", evaluation.Problem);
        json.WriteString("metric", "clicks_per_position");
        json.WriteString("surface", policy.Surface);
        json.WriteString("from", policy.From);
        json.WriteString("to", policy.To);
        json.WriteNumber("decisions", evaluation.Decisions);
        json.WriteNumber("users", evaluation.Users);
        ReportJson.Number(json, "supported_share", evaluation.SupportShare);
        ReportJson.Number(json, "unsupported_share", 1 - evaluation.SupportShare);
        ReportJson.Number(json, "mean_weight", evaluation.MeanWeight);
        ReportJson.Number(json, "effective_decisions", evaluation.EffectiveDecisions);
        ReportJson.Number(json, "largest_share", evaluation.LargestShare);
        Write(json, "running_policy", evaluation.Logged);
        Write(json, "doubly_robust", evaluation.DoublyRobust);
        Write(json, "self_normalised", evaluation.SelfNormalised);
        Write(json, "inverse_propensity", evaluation.Ips);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, PolicyValue? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        ReportJson.Number(json, "value", value.Value);
        ReportJson.Number(json, "standard_error", value.StandardError);
        ReportJson.Number(json, "low", value.Interval?.Low);
        ReportJson.Number(json, "high", value.Interval?.High);
        ReportJson.Number(json, "difference", value.Difference);
        ReportJson.Number(json, "difference_low", value.DifferenceInterval?.Low);
        ReportJson.Number(json, "difference_high", value.DifferenceInterval?.High);
        ReportJson.Number(json, "p_value", value.PValue);
        json.WriteEndObject();
    }
}
