using System.Text;
using System.Text.Json;
using Aisle.Candidates;
using Aisle.Candidates.Lists;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Http;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.Reranking;
using Aisle.ScoreUser.Composing;
using Aisle.ScoreUser.Finding;
using Aisle.ScoreUser.Logging;
using Aisle.ScoreUser.Promises;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Replaying;
using Aisle.ScoreUser.Requests;
using Aisle.ScoreUser.Rules;
using Aisle.ScoreUser.Serving;
using Aisle.Sql;
using Aisle.Testing;
using Aisle.Testing.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.ScoreUser.Tests;

/// <summary>The function on fakes, serving the shop with two topics.</summary>
internal sealed class World : IDisposable
{
    public const string Key = "storefront-key-0123456789";
    public const string OperatorKey = "operator-key-0123456789";

    private static readonly Lazy<ModelBundle> Bundle = new(() => TwoTopicShop.Bundle());
    private static readonly Lazy<ModelBundle> BundleWithHabits = new(() => TwoTopicShop.Bundle(habits: TwoTopicShop.Habits()));

    private readonly TemporaryModelStore _models = new();

    public World(Func<ScoreUserOptions, ScoreUserOptions>? change = null)
    {
        Options = change?.Invoke(Options) ?? Options;
        State = new ServingState(Candidates, _models, Overlay, Experiments, Rules, new FallbackReader(Catalogue, Warehouse, Clock, NullLogger<FallbackReader>.Instance), Options, NullLogger<ServingState>.Instance);
        Log = new SlateLogger(Slates, Exposures, Options, NullLogger<SlateLogger>.Instance);
        Promise = new NewProductPromise(Options);
        Warehouse.Answer(PortableQueries.LoggedSlate, parameters => Slates.All.Where(slate => slate.Id.Value == (string)parameters["slate"]).SelectMany(RowsOf));
        SlatePipeline pipeline = new(new CandidateFinder(Options), new SlateAssembler(new SlateInputs(Options, Promise)), Options);
        SlateRequestReader requests = new(Pseudonymizer);
        Scorer = new UserScorer(
            State, new ShopperReader(Profiles, Candidates, Options, Clock), pipeline, Log, Promise, Options,
            new SlateChance(Options), Clock);
        Warmer = new SlateWarmer(Scorer, State, Options, Clock, NullLogger<SlateWarmer>.Instance);
        ApiKeys keys = new(new Dictionary<ApiRole, IReadOnlyList<string>> { [ApiRole.Storefront] = [Key], [ApiRole.Operator] = [OperatorKey] });
        Endpoint = new ScoreUserEndpoint(
            Scorer, requests, State, new RuleDesk(Rules, Catalogue, State, Clock), new ExposureLedger(Warehouse, Catalogue, State, Options, Clock),
            new SlateReplayer(Warehouse, Candidates, Experiments, State, requests, pipeline, Options, Clock), Warmer, keys, Clock);
    }

    public static ModelBundle Model => Bundle.Value;

    public ScoreUserOptions Options { get; } = new() { Hybrid = TwoTopicShop.Recipe.Hybrid };

    public FakeTimeProvider Clock { get; } = new(TwoTopicShop.AsOf.AddHours(2));

    public Pseudonymizer Pseudonymizer { get; } = new(new byte[32]);

    public InMemoryProfileStore Profiles { get; } = new();

    public InMemoryCandidateStore Candidates { get; } = new();

    public InMemoryAvailabilityOverlay Overlay { get; } = new();

    public InMemoryExperimentStore Experiments { get; } = new();

    public InMemorySlateLog Slates { get; } = new();

    public InMemoryRuleStore Rules { get; } = new();

    public InMemoryCatalogueStore Catalogue { get; } = new();

    public InMemoryEventWarehouse Warehouse { get; } = new();

    public InMemoryExposureLog Exposures { get; } = new();

    public ServingState State { get; }

    public SlateLogger Log { get; }

    public UserScorer Scorer { get; }

    public SlateWarmer Warmer { get; }

    public NewProductPromise Promise { get; }

    public ScoreUserEndpoint Endpoint { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Whether the model remembers visits and re-orders.</summary>
    public bool HasHabits { get; private init; }

    /// <summary>The world with its model published and taken over.</summary>
    public static async Task<World> ServingAsync(Func<ScoreUserOptions, ScoreUserOptions>? change = null, bool habits = false)
    {
        World world = new(change) { HasHabits = habits };
        await world.PublishAsync("v1");
        await world.State.RefreshAsync(Token);
        return world;
    }

    public async Task PublishAsync(string version)
    {
        await SaveModelAsync(version);
        await Candidates.PublishAsync(new ServingManifest(version, null, Model.NewestEventAt, Model.TrainedAt, Clock.GetUtcNow()), Token);
    }

    /// <summary>Puts the model into the store under another version, without letting it serve.</summary>
    public async Task SaveModelAsync(string version)
    {
        using TemporaryFolder folder = new();
        (HasHabits ? BundleWithHabits.Value : Model).Save(folder.Path);
        await _models.SaveAsync(version, folder.Path, Token);
    }

    /// <summary>Lets a shopper touch products now, so that the live sources answer.</summary>
    public Task TouchAsync(string rawUser, EventType type, params int[] products) => TouchAsync(rawUser, type, products, round: 0);

    /// <summary>The same, again: events of another round are others.</summary>
    public async Task TouchAsync(string rawUser, EventType type, int[] products, int round)
    {
        if (products.Length == 0)
        {
            return;
        }

        UserId user = Pseudonymizer.UserOf(rawUser);
        InteractionEvent[] events = [.. products.Select((product, index) => Some.Event($"{rawUser}-{type}-{product}-{round}", product: TwoTopicShop.Product(product).Value) with
        {
            User = user, Type = type, OccurredAt = Clock.GetUtcNow().AddMinutes(index - products.Length),
        })];
        Versioned<ShopperProfile>? known = await Profiles.ReadAsync(user, Token);
        await Profiles.WriteAsync([new ProfileWrite(SessionFeatures.Merge(known?.Value, user, events)!, known?.Tag)], Token);
    }

    /// <summary>Puts rules, as an operator does.</summary>
    public async Task<(int Status, JsonElement Body)> PutRulesAsync(string json, string query = "")
    {
        await Catalogue.UpsertAsync(TwoTopicShop.Products(), Token);
        return await SendAsync("PUT", "/v1/rules", query, json, OperatorKey);
    }

    public Task<(int Status, JsonElement Body)> GetAsync(string query) => SendAsync("GET", "/v1/recommendations", query, "");

    public async Task<(int Status, JsonElement Body)> SendAsync(string method, string path, string query, string body, string key = Key)
    {
        DefaultHttpContext context = new();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.QueryString = new QueryString(query);
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = new MemoryStream();
        context.Request.Headers["X-Api-Key"] = key;
        await ((IEndpoint)Endpoint).HandleAsync(context);
        byte[] answer = ((MemoryStream)context.Response.Body).ToArray();
        return (context.Response.StatusCode, JsonDocument.Parse(answer).RootElement);
    }

    public static IEnumerable<LoggedSlateRow> RowsOf(Slate slate) => slate.Items.Select(item => new LoggedSlateRow(
        slate.User, slate.Surface, string.Join(',', slate.Variants), slate.ModelVersion, slate.ServedAt, slate.Inputs, item.Rank, item.Product, item.Score, "ranked", item.Propensity));

    public void Dispose()
    {
        Log.Dispose();
        Warmer.Dispose();
        _models.Dispose();
    }
}
