using Aisle.Events;
using Aisle.Experiments;
using Aisle.Local.DuckDb;
using Aisle.Numerics;
using Aisle.Sql;
using Aisle.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Local.Tests.DuckDb;

/// <summary>Values of a measure and their clusters against the same events counted one by one, with visitors left out.</summary>
public sealed class ExperimentValuesQueryTests : IDisposable
{
    private const string Key = "home";

    private static readonly DateTimeOffset Start = Some.Instant;
    private static readonly ExperimentMeasure Checkout = new("checkout", [EventType.PageView], MeasureColumn.PageLoadMs, [new MeasureFilter(MeasureFilterColumn.PageType, "checkout")]);
    private static readonly Dictionary<string, object> Range = new() { ["experiment"] = Key, ["from"] = Start, ["to"] = Start.AddDays(10) };

    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbDatabase _database;
    private readonly DuckDbEventWarehouse _warehouse;

    public ExperimentValuesQueryTests()
    {
        _database = new DuckDbDatabase(_folder.File("warehouse.duckdb"), 0, new FakeTimeProvider());
        _warehouse = new DuckDbEventWarehouse(_database);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1ul), InlineData(2ul), InlineData(3ul)]
    public async Task Values_and_clusters_are_those_of_the_visitors_who_count(ulong seed)
    {
        (string Visitor, string Variant, long Ms)[] loads = await FillAsync(seed);
        LeftOutVisitors leftOut = new([new AssignmentId("v1"), new AssignmentId("v2")]);
        ExperimentValuesQuery query = new(Checkout);

        List<MeasuredValues> values = await _warehouse.QueryAsync(leftOut.From(query.Values), leftOut.Beside(new Dictionary<string, object>(Range.Concat(query.Parameters))), Token).ToListAsync(Token);
        (PortableQuery<ValueClusters> clustered, IReadOnlyDictionary<string, object> parameters) = query.Clusters([("control", [50, 150]), ("treatment", [30, 90])]);
        List<ValueClusters> clusters = await _warehouse.QueryAsync(leftOut.From(clustered), leftOut.Beside(new Dictionary<string, object>(Range.Concat(parameters))), Token).ToListAsync(Token);

        (string Visitor, string Variant, long Ms)[] counted = [.. loads.Where(load => load.Visitor is not ("v1" or "v2"))];
        Assert.Equal(
            counted.GroupBy(load => (load.Variant, load.Ms)).Select(group => new MeasuredValues(group.Key.Variant, group.Key.Ms, group.Count())).OrderBy(row => row.Variant, StringComparer.Ordinal).ThenBy(row => row.Value),
            values);
        foreach (ValueClusters cluster in clusters)
        {
            (string, string, long Ms)[][] visitors = [.. counted.Where(load => load.Variant == cluster.Variant).GroupBy(load => load.Visitor).Select(own => own.ToArray())];
            Assert.Equal((visitors.LongLength, visitors.Sum(own => own.LongLength), visitors.Sum(own => own.LongLength * own.LongLength)), (cluster.Visitors, cluster.Values, cluster.ValuesSquared));
            long[] limits = cluster.Variant == "control" ? [50, 150] : [30, 90];
            Assert.Equal(
                limits.Select(limit => visitors.Select(own => (All: own.LongLength, Below: own.LongCount(load => load.Ms <= limit))).ToArray())
                    .Select(own => new ValuesBelow(own.Sum(one => one.Below), own.Sum(one => one.Below * one.Below), own.Sum(one => one.Below * one.All))),
                cluster.Limits);
        }

        Assert.Equal(2, clusters.Count);
    }

    [Fact]
    public void Events_have_no_values_and_not_every_statement_can_leave_visitors_out()
    {
        Assert.Throws<ArgumentException>(() => new ExperimentValuesQuery(ExperimentMeasure.Clicks));
        Assert.Throws<ArgumentException>(() => new LeftOutVisitors([]).From(PortableQueries.OrderLines));
        Assert.Throws<ArgumentException>(() => new LeftOutVisitors(Enumerable.Range(0, LeftOutVisitors.Most + 1).Select(i => new AssignmentId($"v{i}"))));
    }

    public void Dispose()
    {
        _warehouse.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    // v0 to v19, even ones in the control; v3 in both variants. Half of the pages are no checkout, some were loaded before the exposure.
    private async Task<(string Visitor, string Variant, long Ms)[]> FillAsync(ulong seed)
    {
        SeededRandom random = new(seed);
        List<(string, string, long)> expected = [];
        List<Exposure> exposures = [];
        List<InteractionEvent> events = [];
        for (int visitor = 0; visitor < 20; visitor++)
        {
            string id = $"v{visitor}";
            string variant = visitor % 2 == 0 ? "control" : "treatment";
            exposures.Add(new Exposure(Key, new AssignmentId(id), new UserId(id), variant, Start.AddHours(visitor)));
            for (int load = 0; load < random.NextInt(12); load++)
            {
                bool isCheckout = random.NextInt(2) == 0;
                bool isAfter = random.NextInt(4) > 0;
                int ms = random.NextInt(200);
                events.Add(Some.Event($"{id}-{load}", user: id) with
                {
                    Type = EventType.PageView,
                    Product = null,
                    PageType = isCheckout ? "checkout" : "home",
                    PageLoadMs = ms,
                    OccurredAt = Start.AddHours(visitor + (isAfter ? 1 : -1)),
                });
                if (isCheckout && isAfter && visitor != 3)
                {
                    expected.Add((id, variant, ms));
                }
            }
        }

        exposures.Add(new Exposure(Key, new AssignmentId("v3"), new UserId("v3"), "control", Start.AddHours(30)));
        await new DuckDbExposureLog(_database).AppendAsync(exposures, Token);
        await _warehouse.AppendAsync(events, Token);
        return [.. expected];
    }
}
