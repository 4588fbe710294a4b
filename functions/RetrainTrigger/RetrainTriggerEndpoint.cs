using Aisle.Http;
using Aisle.Ports;
using Aisle.RetrainTrigger.Drift;
using Aisle.RetrainTrigger.Erasure;
using Aisle.RetrainTrigger.Features;
using Aisle.RetrainTrigger.Guard;
using Aisle.RetrainTrigger.Models;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aisle.RetrainTrigger;

/// <summary>The paths of retrain-trigger: runs, models, the guard, drift, features, and erasure.</summary>
public sealed class RetrainTriggerEndpoint : IEndpoint
{
    private const int ShownRuns = 50;

    private readonly RunLedger _ledger;
    private readonly Retrainer _retrainer;
    private readonly RunLauncher _launcher;
    private readonly RunFolders _folders;
    private readonly FreshnessGuard _guard;
    private readonly CatalogueWatch _catalogue;
    private readonly FeatureRefresher _features;
    private readonly RetrainOptions _options;

    /// <summary>Sets the paths up.</summary>
    public RetrainTriggerEndpoint(
        RunLedger ledger, Retrainer retrainer, RunLauncher launcher, RunFolders folders, ModelRoutes models, DriftRoutes drift, FreshnessGuard guard,
        CatalogueWatch catalogue, FeatureRefresher features, ErasureRoute erasure, RetrainOptions options, ApiKeys keys, TimeProvider clock)
    {
        (_ledger, _retrainer, _launcher, _folders, _guard, _catalogue, _features, _options) = (ledger, retrainer, launcher, folders, guard, catalogue, features, options);
        RouteTable routes = new RouteTable(keys, clock)
            .Map(HttpMethods.Post, "v1/retrain", ApiRole.Operator, RetrainAsync)
            .MapBodiless(HttpMethods.Post, "v1/guard", ApiRole.Operator, GuardAsync)
            .MapBodiless(HttpMethods.Post, "v1/features", ApiRole.Operator, FeaturesAsync)
            .Map(HttpMethods.Get, "v1/runs", ApiRole.Operator, ListRunsAsync)
            .Map(HttpMethods.Get, "v1/runs/{id}", ApiRole.Operator, ShowRunAsync)
            .MapBodiless(HttpMethods.Post, "v1/runs/{id}/cancel", ApiRole.Operator, CancelAsync)
            .Map(HttpMethods.Delete, "v1/users/{id}", ApiRole.Operator, erasure.HandleAsync)
            .MapDescription(typeof(RetrainTriggerEndpoint).Assembly)
            .MapHealth(async token =>
            {
                await ledger.LatestAsync(token);
                return null;
            });
        Routes = drift.AddTo(models.AddTo(routes));
    }

    /// <inheritdoc/>
    public RouteTable Routes { get; }

    private async Task RetrainAsync(HttpContext context, RouteValueDictionary values)
    {
        (RetrainRequest? request, IReadOnlyList<FieldProblem> problems) = await RetrainRequest.ReadAsync(context);
        if (request is null)
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(problems));
            return;
        }

        TriggerOutcome? outcome = request is { Kind: RunKind.Content, IfChanged: true }
            ? await _catalogue.TriggerIfChangedAsync(context.RequestAborted)
            : await _ledger.TriggerAsync(request.Kind, request.IsForced, context.RequestAborted);
        await AnswerAsync(context, outcome);
    }

    private async Task AnswerAsync(HttpContext context, TriggerOutcome? outcome)
    {
        switch (outcome)
        {
            case TriggerOutcome.Started started when _options.RunsInBackground:
                _launcher.Launch(started.Run);
                await AnswerAsync(context, StatusCodes.Status202Accepted, started.Run, "started");
                break;
            case TriggerOutcome.Started started:
                Run ended = await _retrainer.RunAsync(started.Run.Id, context.RequestAborted);
                await AnswerAsync(context, StatusCodes.Status200OK, ended, "ended");
                break;
            case TriggerOutcome.Underway underway:
                await AnswerAsync(context, StatusCodes.Status202Accepted, underway.Run, "already_running");
                break;
            case TriggerOutcome.DoneAlready done:
                await AnswerAsync(context, StatusCodes.Status200OK, done.Run, "already_done");
                break;
            case null:
                await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
                {
                    json.WriteStartObject();
                    json.WriteString("outcome", "unchanged");
                    json.WriteEndObject();
                });
                break;
            default:
                throw new InvalidOperationException(outcome.ToString());
        }
    }

    private async Task GuardAsync(HttpContext context, RouteValueDictionary values)
    {
        GuardOutcome outcome = await _guard.CheckAsync(context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => RunJson.Write(json, outcome));
    }

    private async Task FeaturesAsync(HttpContext context, RouteValueDictionary values)
    {
        int prices = await _features.RefreshPricesAsync(context.RequestAborted);
        int purchases = await _features.RefreshPurchaseCountsAsync(context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("prices_changed", prices);
            json.WriteNumber("purchase_counts_changed", purchases);
            json.WriteEndObject();
        });
    }

    private async Task ListRunsAsync(HttpContext context, RouteValueDictionary values)
    {
        IReadOnlyList<Run> runs = await _ledger.LatestAsync(context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("runs");
            foreach (Run run in runs.Take(ShownRuns))
            {
                RunJson.Write(json, run);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task ShowRunAsync(HttpContext context, RouteValueDictionary values)
    {
        string id = values["id"] as string ?? "";
        Run? run = await _ledger.FindAsync(id, context.RequestAborted);
        await (run is null
            ? ProblemWriter.WriteAsync(context, Problem.NotFound("id", $"there is no run '{id}'", "GET /v1/runs (aisle runs list) lists them."))
            : JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => RunJson.Write(json, run)));
    }

    // A worker notices at its next sign of life; what nobody works on is swept at once.
    private async Task CancelAsync(HttpContext context, RouteValueDictionary values)
    {
        string id = values["id"] as string ?? "";
        Run? run = await _ledger.CancelAsync(id, context.RequestAborted);
        if (run is null)
        {
            await ProblemWriter.WriteAsync(context, Problem.NotFound("id", $"there is no run '{id}'", "GET /v1/runs (aisle runs list) lists them."));
        }
        else if (run.State != RunState.Cancelled)
        {
            await ProblemWriter.WriteAsync(context, Problem.Conflict($"The run {id} has ended or its model serves already. To go back to "
                + "the model before, POST /v1/models/rollback."));
        }
        else
        {
            await _folders.SweepAsync(context.RequestAborted);
            await AnswerAsync(context, StatusCodes.Status200OK, run, "cancelled");
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, Run run, string outcome)
    {
        context.Response.Headers.Location = RunJson.UrlOf(run);
        return JsonAnswer.WriteAsync(context, status, json => RunJson.Write(json, run, outcome));
    }
}
