using System.Globalization;
using System.Text.Json;
using Aisle.AbReport.Calibrating;
using Aisle.AbReport.Page;
using Aisle.AbReport.Requests;
using Aisle.Http;
using Aisle.Ports;
using Aisle.Statistics;
using Aisle.Statistics.Calibration;
using Aisle.Statistics.OffPolicy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aisle.AbReport.Estimating;

/// <summary>The paths of what can be known before an experiment: what a policy that never ran would have earned,
/// and the chance to find a lift.</summary>
/// <param name="experiments">Whose visitors power is simulated on.</param>
/// <param name="estimator">Estimates.</param>
/// <param name="simulator">Simulates.</param>
/// <param name="clock">Where the log ends.</param>
public sealed class EstimateRoutes(IExperimentStore experiments, PolicyEstimator estimator, PowerSimulator simulator, TimeProvider clock)
{
    private const int MaxBody = 4 * 1024 * 1024;
    private const int MostUsers = 1_000_000;

    internal RouteTable AddTo(RouteTable routes) => routes
        .Map(HttpMethods.Post, "v1/estimates", ApiRole.Analyst, EstimateAsync)
        .Map(HttpMethods.Get, "v1/experiments/{key}/power", ApiRole.Analyst, PowerAsync);

    private async Task PowerAsync(HttpContext context, RouteValueDictionary values)
    {
        List<FieldProblem> problems = [.. ReportQuery.Unknown(context.Request.Query, "lift", "users")];
        string lifted = context.Request.Query["lift"].ToString();
        if (!double.TryParse(lifted.Length == 0 ? "0.05" : lifted, NumberStyles.Float, CultureInfo.InvariantCulture, out double lift) || lift is not (> -1 and <= 10))
        {
            problems.Add(new FieldProblem("lift", "no number above -1, or too large", "Send the lift worth finding, such as 0.05."));
        }

        if (!int.TryParse(context.Request.Query["users"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int users) || users is < 2 or > MostUsers)
        {
            problems.Add(new FieldProblem("users", $"no number from 2 to {MostUsers}", "Send how many visitors each arm is to have."));
        }

        string key = values["key"] as string ?? "";
        if (problems.Count > 0)
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(problems));
        }
        else if ((await experiments.ReadAllAsync(context.RequestAborted)).FirstOrDefault(known => known.Value.Key == key)?.Value is not { } experiment)
        {
            await ProblemWriter.WriteAsync(context, Problem.NotFound("key", $"there is no experiment '{key}'", "GET /v1/experiments "
                + "(aisle experiments) lists them."));
        }
        else
        {
            IReadOnlyList<(string Metric, SimulatedPower Power)> powers = await simulator.SimulateAsync(
                experiment, experiment.CountsUntil(clock.GetUtcNow()), lift, users, context.RequestAborted);
            await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, lift, users, powers));
        }
    }

    private static void Write(Utf8JsonWriter json, double lift, int users, IReadOnlyList<(string Metric, SimulatedPower Power)> powers)
    {
        json.WriteStartObject();
        json.WriteNumber("lift", lift);
        json.WriteNumber("users_an_arm", users);
        json.WriteStartArray("metrics");
        foreach ((string metric, SimulatedPower power) in powers)
        {
            (double Low, double High)? interval = power.Power?.Interval(0.05);
            json.WriteStartObject();
            json.WriteString("metric", metric);
            json.WriteString("status", Words.Wire(power.Status));
            json.WriteString("problem", ProblemOf(power.Status));
            ReportJson.Number(json, "power", power.Power?.Rate);
            ReportJson.Number(json, "low", interval?.Low);
            ReportJson.Number(json, "high", interval?.High);
            ReportJson.Number(json, "wrong_direction", power.WrongDirection?.Rate);
            ReportJson.Number(json, "calculated_power", power.Calculated);
            ReportJson.Number(json, "skewness", power.Skewness);
            ReportJson.Number(json, "users_for_normality", power.UsersForNormality);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string? ProblemOf(ComparisonStatus status) => status switch
    {
        ComparisonStatus.Ok => null,
        ComparisonStatus.NoData => "Nobody was exposed whose visits count.",
        ComparisonStatus.InvalidInput => "The visitors paid in several currencies, which cannot be added, or the lift makes more buyers "
            + "than visitors.",
        _ => "All visitors have the same value, so nothing can be drawn from them.",
    };

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
        ReportJson.Number(json, "difference_standard_error", value.DifferenceError);
        ReportJson.Number(json, "difference_low", value.DifferenceInterval?.Low);
        ReportJson.Number(json, "difference_high", value.DifferenceInterval?.High);
        ReportJson.Number(json, "p_value", value.PValue);
        json.WriteEndObject();
    }
}
