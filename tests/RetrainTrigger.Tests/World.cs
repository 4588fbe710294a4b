using System.Text;
using System.Text.Json;
using Aisle.Alerts;
using Aisle.Candidates.Training;
using Aisle.Events;
using Aisle.Factorization;
using Aisle.Http;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.RetrainTrigger.Drift;
using Aisle.RetrainTrigger.Erasure;
using Aisle.RetrainTrigger.Features;
using Aisle.RetrainTrigger.Gate;
using Aisle.RetrainTrigger.Guard;
using Aisle.RetrainTrigger.Judging;
using Aisle.RetrainTrigger.Models;
using Aisle.RetrainTrigger.Recipes;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;
using Aisle.Sql;
using Aisle.Testing;
using Aisle.Testing.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.RetrainTrigger.Tests;

/// <summary>The function on fakes, over a shop with two tastes: even shoppers like even products, odd ones odd products.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string OperatorKey = "operator-key-0123456789";
    public const int Shoppers = 80;
    public const int Products = 40;

    private readonly TemporaryFolder _runs = new();
    private readonly ApiKeys _keys = new(new Dictionary<ApiRole, IReadOnlyList<string>> { [ApiRole.Operator] = [OperatorKey] });

    public World(bool runsInBackground = false, TimeSpan? timePerTrigger = null)
    {
        Options = new RetrainOptions
        {
            RunsFolder = _runs.Path,
            RunsInBackground = runsInBackground,
            TimePerTrigger = timePerTrigger,
            Tuning = TuningSchedule.Off,
            Recipe = new ModelRecipe { Factors = new IalsOptions { Factors = 8, Iterations = 4 } },
        };
        Warehouse.Answer(PortableQueries.UserItemScores, Scores);
        Warehouse.Answer(PortableQueries.OrderLines, Lines);
        Warehouse.Answer(PortableQueries.SessionTouches, VisitTouches);
        Ledger = new RunLedger(Runs, Clock, Options);
        Folders = new RunFolders(Ledger, Models, Candidates, Options);
        Retrainer = Build();
        Launcher = new RunLauncher(Retrainer, NullLogger<RunLauncher>.Instance);
        Guard = NewGuard();
        Drift = new DriftWatch(Warehouse, Reader, Clock, Options.Drift);
        DriftAlarm = new DriftAlarm(Drift, EpisodeAlerts());
        Watch = new CatalogueWatch(Ledger, Reader, Candidates, Clock);
        Queue = new InMemoryEventQueue(Clock);
        Endpoint = new RetrainTriggerEndpoint(
            Ledger, Retrainer, Launcher, Folders, new ModelRoutes(new ModelShelf(Models, Candidates, Ledger, Publisher(Candidates), Options)),
            new DriftRoutes(Drift, DriftAlarm), Guard,
            Watch, new FeatureRefresher(Profiles, Reader, Clock, Options), new ErasureRoute(NewEraser(), new Pseudonymizer(new byte[32])), Options, _keys, Clock);
    }

    public FakeTimeProvider Clock { get; } = new(Some.Instant);

    public RetrainOptions Options { get; }

    public InMemoryEventWarehouse Warehouse { get; } = new();

    public InMemoryCatalogueStore Catalogue { get; } = new();

    public InMemoryEventQueue Queue { get; }

    public InMemoryProfileStore Profiles { get; } = new();

    public InMemoryCandidateStore Candidates { get; } = new();

    public TemporaryModelStore Models { get; } = new();

    public InMemoryExperimentStore Experiments { get; } = new();

    public InMemoryRunStore Runs { get; } = new();

    public InMemoryAlertSink Alerts { get; } = new();

    /// <summary>Who writes lists in the run's stead; nobody at first.</summary>
    public List<IListWriter> ListWriters { get; } = [];

    public RunLedger Ledger { get; }

    public RunFolders Folders { get; }

    public Retrainer Retrainer { get; }

    public RunLauncher Launcher { get; }

    public FreshnessGuard Guard { get; }

    public CatalogueWatch Watch { get; }

    public DriftWatch Drift { get; }

    public DriftAlarm DriftAlarm { get; }

    private TrainingReader Reader => new(Warehouse, Catalogue, Profiles);

    public RetrainTriggerEndpoint Endpoint { get; }

    /// <summary>Who likes what since when: each shopper touches half of the products of the own taste, two days apart.</summary>
    public List<(UserId User, ProductId Product, DateTimeOffset At)> Touches { get; } = [.. Enumerable.Range(0, Shoppers)
        .SelectMany(shopper => Enumerable.Range(0, 10).Select(step => (
            User(shopper),
            Product((((step * 7) + (shopper * 3)) % (Products / 2) * 2) + (shopper % 2)),
            Some.Instant.AddDays(-19 + (2 * step)).AddMinutes(shopper))))];

    public static UserId User(int shopper) => new($"user-{shopper:D3}");

    public static ProductId Product(int product) => new($"p-{product:D3}");

    /// <summary>A guard as another instance has it.</summary>
    public FreshnessGuard NewGuard() => new(Candidates, Models, Ledger, EpisodeAlerts(), Clock, Options);

    /// <summary>Fills the catalogue and the shoppers' documents.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        await Catalogue.UpsertAsync(
            [.. Enumerable.Range(0, Products).Select(i => Some.Product(Product(i).Value) with { Title = i % 2 == 0 ? "Oak garden bench" : "Steel kitchen knife", PriceMinor = 1_000 + i })],
            cancellationToken);
        await Profiles.WriteAsync([.. Enumerable.Range(0, Shoppers).Select(i => new ProfileWrite(Some.Profile(User(i).Value), null))], cancellationToken);
    }

    /// <summary>The worker, over other stores, one that fails for instance, or with other options.</summary>
    public Retrainer Build(ICandidateStore? candidates = null, RetrainOptions? options = null, IProfileStore? profiles = null, IModelStore? models = null)
    {
        (candidates, options, profiles, models) = (candidates ?? Candidates, options ?? Options, profiles ?? Profiles, models ?? Models);
        TrainingReader reader = new(Warehouse, Catalogue, profiles);
        HoldoutReader cutter = new(reader, options);
        HoldoutComparison comparison = new(reader, cutter);
        RecipeChooser recipes = new(candidates, Ledger, reader, comparison, new RecipeTuner(reader, cutter, comparison, Clock, options), options);
        TrainingSteps steps = new(reader, comparison, new ContentSteps(candidates, models), options);
        ModelPublisher publisher = new(candidates, models, Experiments, reader, steps, ListWriters, Clock, options);
        GateKeeper gate = new(candidates, models, Ledger, new PromotionGate(options), Alerts, Clock, options);
        StepWorker worker = new(recipes, steps, publisher, new BatchFeatures(profiles, reader, options), gate, profiles, candidates, Ledger, options);
        return new Retrainer(Ledger, worker, gate, Folders, Clock, options, NullLogger<Retrainer>.Instance);
    }

    public async Task<(int Status, JsonElement Body)> SendAsync(string method, string path, string? body = null)
    {
        DefaultHttpContext context = new();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body ?? ""));
        context.Request.Headers["X-Api-Key"] = OperatorKey;
        context.Response.Body = new MemoryStream();
        await ((IEndpoint)Endpoint).HandleAsync(context);
        using JsonDocument answer = JsonDocument.Parse(((MemoryStream)context.Response.Body).ToArray());
        return (context.Response.StatusCode, answer.RootElement.Clone());
    }

    public async ValueTask DisposeAsync()
    {
        await Launcher.DisposeAsync();
        Guard.Dispose();
        DriftAlarm.Dispose();
        Models.Dispose();
        _runs.Dispose();
    }

    public UserEraser NewEraser() => new(Warehouse, Profiles, Candidates, Queue, new OverrideEraser(Experiments), Folders);

    private EpisodeAlerts EpisodeAlerts() => new(new Episodes(Runs), Alerts, Clock);

    private ModelPublisher Publisher(ICandidateStore candidates)
    {
        TrainingSteps steps = new(Reader, new HoldoutComparison(Reader, new HoldoutReader(Reader, Options)), new ContentSteps(candidates, Models), Options);
        return new ModelPublisher(candidates, Models, Experiments, Reader, steps, ListWriters, Clock, Options);
    }

    /// <summary>The feedback that a query asks for.</summary>
    public IEnumerable<UserItemScore> Scores(IReadOnlyDictionary<string, object> parameters) => Within(parameters, "cutoff")
        .GroupBy(touch => (touch.User, touch.Product))
        .OrderBy(group => group.Key.User).ThenBy(group => group.Key.Product)
        .Select(group => new UserItemScore(group.Key.User, group.Key.Product, group.Count(), group.Max(touch => touch.At)));

    private IEnumerable<PurchasedLine> Lines(IReadOnlyDictionary<string, object> parameters) => Within(parameters, "to")
        .Select(touch => new PurchasedLine(new OrderId($"o-{touch.User}-{touch.At:yyyyMMdd}"), touch.User, touch.Product, touch.At));

    /// <summary>A visit is what a shopper touched on one day.</summary>
    private IEnumerable<SessionTouch> VisitTouches(IReadOnlyDictionary<string, object> parameters) => Within(parameters, "to")
        .OrderByDescending(touch => touch.At).Select(touch => new SessionTouch(new SessionId($"s-{touch.User}-{touch.At:yyyyMMdd}"), touch.Product, touch.At));

    private IEnumerable<(UserId User, ProductId Product, DateTimeOffset At)> Within(IReadOnlyDictionary<string, object> parameters, string end) =>
        Touches.Where(touch => touch.At >= (DateTimeOffset)parameters["from"] && touch.At < (DateTimeOffset)parameters[end]);
}
