using System.Globalization;
using System.Text;
using System.Text.Json;
using Aisle.AbReport.Calibrating;
using Aisle.AbReport.Estimating;
using Aisle.AbReport.Figures;
using Aisle.AbReport.Metrics;
using Aisle.AbReport.Requests;
using Aisle.AbReport.Reviewing;
using Aisle.Alerts;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Http;
using Aisle.Privacy;
using Aisle.Sql;
using Aisle.Testing;
using Aisle.Testing.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.AbReport.Tests;

/// <summary>The function on fakes: two arms whose visitors a test lays out.</summary>
internal sealed class World
{
    public const string AnalystKey = "analyst-key-0123456789";
    public const string OperatorKey = "operator-key-0123456789";

    public World()
    {
        Warehouse.Answer(PortableQueries.ExperimentArms, _ => Users.GroupBy(user => user with { Assignment = new AssignmentId("any") }).Select(alike => Row(alike.Key, alike.Count())));
        Warehouse.Answer(PortableQueries.ExperimentRevenue, _ => Users.Where(user => user.Purchases > 0).GroupBy(user => (user.Variant, user.RevenueMinor))
            .Select(group => new RevenueShare(group.Key.Variant, group.Key.RevenueMinor, group.Count())));
        Warehouse.Answer(PortableQueries.ExperimentDays, _ => Users.GroupBy(user => user.Variant)
            .SelectMany(arm => arm.Chunk(Math.Max(1, arm.Count() / 20)).Select((chunk, i) =>
                new ExperimentDay(i % 14, arm.Key, i % 100, chunk.Length, chunk.Sum(user => user.RevenueMinor)))));
        Warehouse.Answer(PortableQueries.ExperimentAssignments, _ => Users.Where(user => user.Variants == 1).GroupBy(user => user.Variant)
            .Select(arm => new LoggedAssignments(arm.Key, LoggedBucket ?? (arm.Key == "control" ? 17 : 7_000), arm.Count())));
        Warehouse.Answer(PortableQueries.ExperimentUsers, _ => Users.Select(user => user with { Orders = user.Purchases > 0 ? 1 : 0 }));
        Warehouse.Answer(PortableQueries.ExperimentCurrencies, parameters => Users.Where(user => user.Currency is { } own && own != (string)parameters["currency"]).Select(user => user.Assignment));
        Warehouse.Answer(PortableQueries.LoggedPlaces, _ => Places);
        Warehouse.Answer(PortableQueries.ExperimentValues, _ => Loads.SelectMany(arm => arm.Value.GroupBy(ms => ms).Order(ByKey).Select(ms => new MeasuredValues(arm.Key, ms.Key, ms.Count()))));
        Warehouse.Answer(PortableQueries.ExperimentClusters, parameters => Loads.Select(arm => Clusters(arm.Key, arm.Value, parameters)));
        Warehouse.Answer(PortableQueries.ExperimentItems, _ => Items);
        ApiKeys keys = new(new Dictionary<ApiRole, IReadOnlyList<string>> { [ApiRole.Analyst] = [AnalystKey], [ApiRole.Operator] = [OperatorKey] });
        Reporter = new AbReporter(Experiments, Warehouse, new InMemoryCatalogueStore(), Clock, new AbReportOptions());
        AbReportOptions options = new() { Salts = 200 };
        Episodes episodes = new(Runs);
        Reviewer = new ExperimentReviewer(Experiments, Reporter, episodes, new EpisodeAlerts(episodes, Alerts, Clock), Clock, NullLogger<ExperimentReviewer>.Instance);
        Endpoint = new AbReportEndpoint(
            Experiments, new ExperimentWriter(Experiments), Reporter, new AaCalibrator(Warehouse, options), new EstimateRoutes(Experiments, new PolicyEstimator(Warehouse, options), new PowerSimulator(Warehouse, options), Clock),
            new ReviewRoutes(Reviewer), options, new Pseudonymizer(new byte[32]), keys, Clock);
    }

    public FakeTimeProvider Clock { get; } = new(Some.Instant);

    public InMemoryExperimentStore Experiments { get; } = new();

    public InMemoryEventWarehouse Warehouse { get; } = new();

    public List<ExperimentUser> Users { get; } = [];

    public List<LoggedPlace> Places { get; } = [];

    /// <summary>Page load times by variant, each of a visitor of its own.</summary>
    public Dictionary<string, IReadOnlyList<long>> Loads { get; } = [];

    public List<ShownProducts> Items { get; } = [];

    public AbReporter Reporter { get; }

    public InMemoryAlertSink Alerts { get; } = new();

    public InMemoryRunStore Runs { get; } = new();

    public ExperimentReviewer Reviewer { get; }

    public AbReportEndpoint Endpoint { get; }

    /// <summary>The bucket that all visitors' assignments come out at; null for one of their own variant.</summary>
    public long? LoggedBucket { get; set; }

    /// <summary>An experiment that began so many days ago and is to run for 28.</summary>
    public Task RunningForAsync(double days, CancellationToken cancellationToken) => Experiments.TryWriteAsync(Halves("home", days), null, cancellationToken);

    /// <summary>The same, of any name, not yet written down.</summary>
    public static Experiment Halves(string key, double days) => new()
    {
        Key = key,
        Salt = key,
        Variants = [new("control", 0, 5_000, new Dictionary<string, string>()), new("varied", 5_000, 10_000, new Dictionary<string, string>())],
        StartsAt = Some.Instant.AddDays(-days),
        EndsAt = Some.Instant.AddDays(28 - days),
        State = ExperimentState.Running,
    };

    /// <summary>Adds visitors to an arm: each sees ten items, every so manieth clicks one, every so manieth buys for 10.00.</summary>
    public void Visitors(string variant, int count, int clickEvery, int buyEvery)
    {
        for (int i = 1; i <= count; i++)
        {
            bool buys = i % buyEvery == 0;
            Users.Add(new ExperimentUser(
                new AssignmentId($"{variant}-{i}"), variant, 1, buys ? 1_000 : 0, buys ? 1 : 0, 10, i % clickEvery == 0 ? 1 : 0, buys ? "EUR" : null));
        }
    }

    private static Comparer<IGrouping<long, long>> ByKey { get; } = Comparer<IGrouping<long, long>>.Create((one, other) => one.Key.CompareTo(other.Key));

    // Each load is a cluster of one: squares and products are the counts themselves.
    private static ValueClusters Clusters(string variant, IReadOnlyList<long> loads, IReadOnlyDictionary<string, object> parameters)
    {
        string[] limits = [.. parameters.Keys.Where(name => name.StartsWith("limit", StringComparison.Ordinal)).OrderBy(name => int.Parse(name[6..], CultureInfo.InvariantCulture))];
        string[] variants = [.. parameters.Where(pair => pair.Key.StartsWith("variant", StringComparison.Ordinal)).Select(pair => (string)pair.Value)];
        int own = Array.IndexOf(variants, variant);
        return new ValueClusters(
            variant, loads.Count, loads.Count, loads.Count,
            [.. Enumerable.Range(0, limits.Length / variants.Length).Select(i => loads.Count(ms => ms <= (long)parameters[limits[(i * variants.Length) + own]]))
                .Select(below => new ValuesBelow(below, below, below))]);
    }

    private static ExperimentArmsRow Row(ExperimentUser user, int count)
    {
        long orders = user.Purchases > 0 ? 1 : 0;
        Dictionary<string, long> measures = new()
        {
            ["revenue"] = user.RevenueMinor,
            ["orders"] = orders,
            ["buyers"] = orders,
            ["slate_clicks"] = user.Clicks,
            ["clicks"] = user.Clicks,
            ["impressions"] = user.Impressions,
            ["sessions"] = 2,
            ["bounced_sessions"] = user.Clicks == 0 ? 1 : 0,
        };
        long Value(string name) => measures.GetValueOrDefault(name);
        return new ExperimentArmsRow(
            user.Variant, user.Variants > 1 ? "mixed" : "counted", "mobile", user.RevenueBeforeMinor > 0, 0, null, null, null, user.Currency, user.Currency, count,
            [.. ReportSums.Of(StandardMetrics.All).Select(sum => (Int128)count * Value(sum.First) * (sum.Second is null ? 1 : Value(sum.Second)))]);
    }

    public async Task<(int Status, string ContentType, string Body)> SendAsync(string method, string path, string? body, string? key = AnalystKey, string? accept = null)
    {
        DefaultHttpContext context = new();
        context.Request.Method = method;
        string[] parts = path.Split('?');
        context.Request.Path = parts[0];
        context.Request.QueryString = new QueryString(parts.Length > 1 ? "?" + parts[1] : "");
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body ?? ""));
        context.Request.Headers["X-Api-Key"] = key;
        context.Request.Headers.Accept = accept;
        context.Response.Body = new MemoryStream();
        await ((IEndpoint)Endpoint).HandleAsync(context);
        return (context.Response.StatusCode, context.Response.ContentType ?? "", Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()));
    }

    public static JsonElement Json(string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }
}
