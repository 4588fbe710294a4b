using System.Text.Json;
using Aisle.AbReport.Calibrating;
using Aisle.AbReport.Estimating;
using Aisle.AbReport.Page;
using Aisle.AbReport.Requests;
using Aisle.AbReport.Reviewing;
using Aisle.Experiments;
using Aisle.Http;
using Aisle.Ports;
using Aisle.Privacy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aisle.AbReport;

/// <summary>The paths of ab-report: experiments, their reports, and the daily review of all.</summary>
public sealed class AbReportEndpoint : IEndpoint
{
    private const int MaxBody = 256 * 1024;

    private readonly IExperimentStore _experiments;
    private readonly ExperimentWriter _writer;
    private readonly AbReporter _reporter;
    private readonly AaCalibrator _calibrator;
    private readonly AbReportOptions _options;
    private readonly Pseudonymizer _pseudonymizer;
    private readonly TimeProvider _clock;

    /// <summary>Sets the paths up.</summary>
    public AbReportEndpoint(
        IExperimentStore experiments, ExperimentWriter writer, AbReporter reporter, AaCalibrator calibrator, EstimateRoutes estimates, ReviewRoutes review, AbReportOptions options, Pseudonymizer pseudonymizer, ApiKeys keys,
        TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        ArgumentNullException.ThrowIfNull(review);
        _calibrator = calibrator;
        _options = options;
        _experiments = experiments;
        _writer = writer;
        _reporter = reporter;
        _pseudonymizer = pseudonymizer;
        _clock = clock;
        Routes = review.AddTo(estimates.AddTo(new RouteTable(keys, clock)))
            .Map(HttpMethods.Get, "v1/experiments", ApiRole.Analyst, ListAsync)
            .Map(HttpMethods.Post, "v1/experiments", ApiRole.Analyst, CreateAsync)
            .Map(HttpMethods.Get, "v1/experiments/{key}", ApiRole.Analyst, ShowAsync)
            .Map(HttpMethods.Patch, "v1/experiments/{key}", ApiRole.Analyst, ChangeAsync)
            .Map(HttpMethods.Get, "v1/experiments/{key}/report", ApiRole.Analyst, ReportAsync)
            .MapDescription(typeof(AbReportEndpoint).Assembly)
            .MapHealth(async token =>
            {
                await experiments.ReadAllAsync(token);
                return null;
            });
    }

    /// <inheritdoc/>
    public RouteTable Routes { get; }

    private async Task ListAsync(HttpContext context, RouteValueDictionary values)
    {
        IReadOnlyList<Versioned<Experiment>> all = await _experiments.ReadAllAsync(context.RequestAborted);
        await WriteAsync(context, StatusCodes.Status200OK, "application/json", ExperimentJson.Write(all.Select(known => known.Value)));
    }

    private async Task ShowAsync(HttpContext context, RouteValueDictionary values) =>
        await (await FindAsync(context, values) is { } known
            ? WriteAsync(context, StatusCodes.Status200OK, "application/json", ExperimentJson.Write(known.Value))
            : ProblemWriter.WriteAsync(context, Unknown(values)));

    private async Task CreateAsync(HttpContext context, RouteValueDictionary values)
    {
        using JsonDocument body = await Bodies.ReadJsonAsync(context, MaxBody);
        ExperimentRequest request = new(_pseudonymizer, _clock.GetUtcNow());
        if (request.ReadNew(body.RootElement) is not { } experiment)
        {
            IReadOnlyList<FieldProblem> clashes = request.Placed is { } placed ? await _writer.ClashesAsync(placed, context.RequestAborted) : [];
            await ProblemWriter.WriteAsync(context, Problem.Invalid([.. request.Problems, .. clashes]));
            return;
        }

        await AnswerAsync(
            context, experiment, await _writer.WriteAsync(experiment, null, context.RequestAborted), StatusCodes.Status201Created,
            $"There is an experiment '{experiment.Key}' already; choose another key.");
    }

    private async Task ChangeAsync(HttpContext context, RouteValueDictionary values)
    {
        using JsonDocument body = await Bodies.ReadJsonAsync(context, MaxBody);
        if (await FindAsync(context, values) is not { } known)
        {
            await ProblemWriter.WriteAsync(context, Unknown(values));
            return;
        }

        ExperimentRequest request = new(_pseudonymizer, _clock.GetUtcNow());
        if (request.ReadChange(body.RootElement, known.Value) is not { } changed)
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(request.Problems));
            return;
        }

        if (known.Value.State == ExperimentState.Stopped && changed.State != ExperimentState.Stopped)
        {
            await ProblemWriter.WriteAsync(context, Problem.Conflict(
                $"Experiment '{changed.Key}' was stopped, and its report counts until then; it cannot run again. Make a new experiment "
                + "with another key."));
            return;
        }

        await AnswerAsync(
            context, changed, await _writer.WriteAsync(changed, known, context.RequestAborted), StatusCodes.Status200OK,
            "Somebody else changed the experiment meanwhile; read it again and repeat.");
    }

    private static Task AnswerAsync(HttpContext context, Experiment experiment, ExperimentWrite write, int status, string conflict) => write switch
    {
        ExperimentWrite.Written => WriteAsync(context, status, "application/json", ExperimentJson.Write(experiment)),
        ExperimentWrite.Clashing clashing => ProblemWriter.WriteAsync(context, Problem.Invalid(clashing.Problems)),
        ExperimentWrite.TakenBack taken => ProblemWriter.WriteAsync(context, Problem.Conflict(
            $"Another experiment of layer '{taken.Layer}' was written at the same moment for some of the same buckets, so this was taken back; send it again.")),
        _ => ProblemWriter.WriteAsync(context, Problem.Conflict(conflict)),
    };

    private async Task ReportAsync(HttpContext context, RouteValueDictionary values)
    {
        string asked = context.Request.Query["calibrate"].ToString();
        ReportFormat? format = ReportFormats.Choose(context.Request);
        List<FieldProblem> problems = Problems(context.Request.Query, format, asked);
        if (format is null || problems.Count > 0)
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(problems));
            return;
        }

        if (await _reporter.ReportAsync(KeyOf(values), context.RequestAborted) is not { } report)
        {
            await ProblemWriter.WriteAsync(context, Unknown(values));
            return;
        }

        bool calibrates = asked == "true" || (asked.Length == 0 && format.Name == "html" && report.Users.Sum(arm => arm.Users) <= _options.MostCalibratedVisitors);
        report = calibrates ? report with { Calibration = await _calibrator.CalibrateAsync(report.Experiment, report.Until, context.RequestAborted) } : report;
        await WriteAsync(context, StatusCodes.Status200OK, format.ContentType, format.Write(report));
    }

    private static List<FieldProblem> Problems(IQueryCollection query, ReportFormat? format, string calibrate)
    {
        List<FieldProblem> problems = [.. ReportQuery.Unknown(query, "format", "calibrate")];
        if (format is null)
        {
            problems.Add(new FieldProblem("format", "unknown", "Send html, json, csv or markdown."));
        }

        if (calibrate is not ("" or "true" or "false"))
        {
            problems.Add(new FieldProblem("calibrate", "neither true nor false", "Send true to try the tests on the experiment's own visitors."));
        }

        return problems;
    }

    private async Task<Versioned<Experiment>?> FindAsync(HttpContext context, RouteValueDictionary values)
    {
        IReadOnlyList<Versioned<Experiment>> all = await _experiments.ReadAllAsync(context.RequestAborted);
        return all.FirstOrDefault(known => known.Value.Key == KeyOf(values));
    }

    private static async Task WriteAsync(HttpContext context, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static string KeyOf(RouteValueDictionary values) => values["key"] as string ?? "";

    private static Problem Unknown(RouteValueDictionary values) =>
        Problem.NotFound("key", $"there is no experiment '{KeyOf(values)}'", "GET /v1/experiments (aisle experiments) lists them.");
}
