using System.Text.Json;
using Aisle.Events;
using Aisle.Http;
using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Promises;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Replaying;
using Aisle.ScoreUser.Requests;
using Aisle.ScoreUser.Rules;
using Aisle.ScoreUser.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aisle.ScoreUser;

/// <summary>The paths of <c>score-user</c>.</summary>
public sealed class ScoreUserEndpoint : IEndpoint
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxSlates = 20;

    private static readonly Problem NoTrace = new(
        StatusCodes.Status403Forbidden, "forbidden", "A trace tells how the shop sells.", null, [new("explain", "needs an operator's key", "Send an operator's key, or leave explain out.")]);

    private readonly UserScorer _scorer;
    private readonly SlateRequestReader _requests;
    private readonly ServingState _state;
    private readonly ApiKeys _keys;

    /// <summary>Lays out the paths.</summary>
    public ScoreUserEndpoint(UserScorer scorer, SlateRequestReader requests, ServingState state, RuleDesk rules, ExposureLedger exposure, SlateReplayer replayer, SlateWarmer warmer, ApiKeys keys, TimeProvider clock)
    {
        _scorer = scorer;
        _requests = requests;
        _state = state;
        _keys = keys;
        Routes = new RouteTable(keys, clock)
            .Map(HttpMethods.Get, "v1/recommendations", ApiRole.Storefront, RecommendAsync)
            .Map(HttpMethods.Post, "v1/recommendations", ApiRole.Storefront, RecommendAsync)
            .Map(HttpMethods.Post, "v1/pages", ApiRole.Storefront, PageAsync)
            .Map(HttpMethods.Post, "v1/rerank", ApiRole.Storefront, RerankAsync)
            .MapRules(rules)
            .MapExposure(exposure)
            .MapReplay(replayer)
            .MapDescription(typeof(ScoreUserEndpoint).Assembly)
            .MapHealth(_ => Task.FromResult(state.Model is null ? "There is no model yet; run retrain." : warmer.IsWarm ? null : "The first slates are being made ready; ask again in a second."));
    }

    /// <inheritdoc/>
    public RouteTable Routes { get; }

    private string Currency => _state.Model?.Currency ?? "EUR";

    private async Task RecommendAsync(HttpContext context, RouteValueDictionary values)
    {
        List<FieldProblem> problems = [];
        using JsonDocument? body = HttpMethods.IsPost(context.Request.Method) ? await Bodies.ReadJsonAsync(context, MaxBytes) : null;
        RequestFields fields = body is null ? RequestFields.From(context.Request.Query, problems) : RequestFields.From(body.RootElement, problems);
        SlateRequest request = _requests.Read(fields, Currency);
        if (await RefusedAsync(context, problems, request))
        {
            return;
        }

        ScoreOutcome outcome = await _scorer.ScoreAsync(request, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => SlateJson.Write(json, outcome, request.RawUser));
    }

    private async Task PageAsync(HttpContext context, RouteValueDictionary values)
    {
        List<FieldProblem> problems = [];
        using JsonDocument body = await Bodies.ReadJsonAsync(context, MaxBytes);
        SlateRequest[] requests = PageOf(body.RootElement, problems);
        if (await RefusedAsync(context, problems, requests))
        {
            return;
        }

        HashSet<ProductId> shown = [];
        List<ScoreOutcome> page = [];
        Visit visit = await _scorer.VisitAsync(requests[0], context.RequestAborted);
        foreach (SlateRequest request in requests)
        {
            SlateRequest fresh = request with { Filter = request.Filter with { Excluded = request.Filter.Excluded.Concat(shown).ToHashSet() } };
            page.Add(_scorer.Score(fresh, visit));
            shown.UnionWith(page[^1].Slate.Items.Select(item => item.Product));
        }

        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("slates");
            page.ForEach(outcome => SlateJson.Write(json, outcome, requests[0].RawUser));
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private SlateRequest[] PageOf(JsonElement body, List<FieldProblem> problems)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("slates", out JsonElement slates) || slates.ValueKind != JsonValueKind.Array
            || slates.GetArrayLength() is 0 or > MaxSlates)
        {
            problems.Add(new FieldProblem("slates", "no list, empty or too long", $"Send 1 to {MaxSlates} slates, such as [{{\"surface\":\"home\"}}]."));
            return [];
        }

        SlateRequest common = _requests.Read(RequestFields.From(body, problems, further: "slates"), Currency);
        return [.. slates.EnumerateArray()
            .Select((slate, index) => _requests.Read(RequestFields.From(slate, problems, place: $"slates[{index}]."), Currency))
            .Select(own => OfPage(own, common))];
    }

    /// <summary>A slate of a page: who asks is said for all; a preview may be of one slate or of all.</summary>
    private static SlateRequest OfPage(SlateRequest own, SlateRequest common) => own with
    {
        User = common.User,
        RawUser = common.RawUser,
        Assignment = common.Assignment,
        Cohort = common.Cohort,
        Consent = common.Consent,
        Budget = common.Budget,
        IsExplained = common.IsExplained,
        IsShown = common.IsShown && own.IsShown,
    };

    private async Task RerankAsync(HttpContext context, RouteValueDictionary values)
    {
        List<FieldProblem> problems = [];
        using JsonDocument body = await Bodies.ReadJsonAsync(context, MaxBytes);
        RequestFields fields = RequestFields.From(body.RootElement, problems, further: "product_ids");
        IReadOnlyList<ProductId> products = fields.Ids("product_ids");
        if (!fields.Has("product_ids") && !problems.Exists(problem => problem.Field.StartsWith("product_ids", StringComparison.Ordinal)))
        {
            fields.Refuse("product_ids", "missing", "Send the list to be ranked.");
        }

        SlateRequest request = _requests.Read(fields, Currency);
        if (await RefusedAsync(context, problems, request))
        {
            return;
        }

        ScoreOutcome outcome = await _scorer.RerankAsync(request with { Limit = products.Count }, products, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => SlateJson.Write(json, outcome, request.RawUser));
    }

    /// <summary>Answers what cannot be answered otherwise, with everything that is wrong, in whichever of the requests.</summary>
    private async Task<bool> RefusedAsync(HttpContext context, List<FieldProblem> problems, params SlateRequest[] requests)
    {
        FieldProblem[] unknown = [.. requests.Select((request, index) => Unknown(request, requests.Length > 1 ? $"slates[{index}]." : "")).OfType<FieldProblem>()];
        Problem? refusal = problems.Count > 0 ? Problem.Invalid([.. problems, .. unknown])
            : requests.Any(request => request.IsExplained) && !_keys.Allows(ApiRole.Operator, context.Request) ? NoTrace
            : unknown is [{ } first, ..] ? Problem.NotFound(first.Field, first.Problem, first.Remedy) with { Problems = unknown }
            : null;
        if (refusal is null)
        {
            return false;
        }

        await ProblemWriter.WriteAsync(context, refusal);
        return true;
    }

    private FieldProblem? Unknown(SlateRequest request, string place) =>
        request.Surface is Surface.Similar or Surface.BoughtTogether && request.Product is { } product && !_scorer.Knows(product)
            ? new FieldProblem(place + "product_id", "the serving model does not know it", "Name a product of the catalogue; a new one is known after the next retrain.")
            : null;
}
