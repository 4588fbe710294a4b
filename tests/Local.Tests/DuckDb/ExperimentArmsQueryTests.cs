using Aisle.Events;
using Aisle.Experiments;
using Aisle.Local.DuckDb;
using Aisle.Numerics;
using Aisle.Sql;
using Aisle.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Local.Tests.DuckDb;

/// <summary>The sums of an experiment's arms against sums over the same events taken one visitor after the other.</summary>
public sealed class ExperimentArmsQueryTests : IDisposable
{
    private const string Key = "home";

    private static readonly DateTimeOffset Start = Some.Instant;
    private static readonly string[] Visitors = [.. Enumerable.Range(0, 40).Select(i => $"v{i}")];

    private static readonly ExperimentSum[] Sums =
    [
        new("revenue", null), ExperimentSum.Product("revenue", "revenue"), new("orders", null), ExperimentSum.Product("revenue", "orders"),
        new("revenue_before", null), ExperimentSum.Product("revenue", "revenue_before"), new("clicks", null), new("slate_clicks", null),
        new("impressions", null), new("sessions", null), new("buyers", null), new("orders_before", null), new("mobile_views", null),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbDatabase _database;

    public ExperimentArmsQueryTests() => _database = new DuckDbDatabase(_folder.File("warehouse.duckdb"), 0, new FakeTimeProvider());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1ul), InlineData(2ul), InlineData(3ul), InlineData(4ul)]
    public async Task Sums_of_arms_are_the_sums_over_their_visitors(ulong seed)
    {
        SeededRandom random = new(seed);
        Exposure[] exposures = [.. Enumerable.Range(0, 50).Select(_ => Exposure(random))];
        InteractionEvent[] events = [.. Enumerable.Range(0, 3_000).Select(number => Event(random, number))];
        await new DuckDbExposureLog(_database).AppendAsync(exposures, Token);
        await new DuckDbEventWarehouse(_database).AppendAsync(events, Token);

        List<ExperimentArmsRow> rows = await RowsAsync();

        foreach (string variant in new[] { "control", "treatment" })
        {
            (long visitors, Int128[] expected) = Reference(exposures, events, variant);
            ExperimentArmsRow[] counted = [.. rows.Where(row => row.Variant == variant && row.Standing == "counted")];
            Assert.Equal(visitors, counted.Sum(row => row.Visitors));
            Assert.Equal(expected, Enumerable.Range(0, Sums.Length).Select(i => counted.Aggregate((Int128)0, (sum, row) => sum + row.Sums[i])));
        }

        Assert.Equal(Mixed(exposures), rows.Where(row => row.Standing == "mixed").Sum(row => row.Visitors));
        Assert.Equal(
            InTime(exposures).Where(exposure => exposure.Assignment.Value == "v0").Select(exposure => exposure.Variant).Distinct().Count() == 1 ? 1 : 0,
            rows.Where(row => row.Standing == "excluded").Sum(row => row.Visitors));
    }

    [Fact]
    public async Task A_refund_days_later_neither_lengthens_the_session_of_its_purchase_nor_is_a_return()
    {
        SessionId session = new("s1");
        await new DuckDbExposureLog(_database).AppendAsync([new Exposure(Key, new AssignmentId("v1"), new UserId("v1"), "control", Start)], Token);
        await new DuckDbEventWarehouse(_database).AppendAsync(
            [
                Some.Purchase("bought", user: "v1") with { Session = session, OccurredAt = Start.AddMinutes(1) },
                Some.Event("left", user: "v1") with { Session = session, OccurredAt = Start.AddMinutes(3) },
                Some.Purchase("back", user: "v1") with { Type = EventType.Refund, Session = session, RevenueMinor = -100, OccurredAt = Start.AddDays(5) },
            ],
            Token);

        ExperimentArmsRow row = Assert.Single(await RowsAsync([new("session_seconds", null), new("sessions", null), new("returned", null), new("bounced_sessions", null)]));

        Assert.Equal([120, 1, 0, 0], row.Sums);
    }

    [Fact]
    public async Task Amounts_whose_squares_pass_64_bits_are_summed_exactly()
    {
        await new DuckDbExposureLog(_database).AppendAsync([new Exposure(Key, new AssignmentId("v1"), new UserId("v1"), "control", Start)], Token);
        await new DuckDbEventWarehouse(_database).AppendAsync(
            [Some.Purchase("big", user: "v1") with { RevenueMinor = 900_000_000_001, OccurredAt = Start.AddHours(1) }], Token);

        ExperimentArmsRow row = Assert.Single(await RowsAsync());

        Assert.Equal((Int128)900_000_000_001 * 900_000_000_001, row.Sums[1]);
    }

    [Fact]
    public async Task A_visitor_who_moves_more_than_any_shop_takes_is_told_apart()
    {
        await new DuckDbExposureLog(_database).AppendAsync([new Exposure(Key, new AssignmentId("v1"), new UserId("v1"), "control", Start)], Token);
        await new DuckDbEventWarehouse(_database).AppendAsync(
            [Some.Purchase("poison", user: "v1") with { RevenueMinor = 5_000_000_000_000, OccurredAt = Start.AddHours(1) }], Token);

        Assert.Equal("implausible", Assert.Single(await RowsAsync()).Standing);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private async Task<List<ExperimentArmsRow>> RowsAsync(IReadOnlyList<ExperimentSum>? sums = null)
    {
        ExperimentMeasure views = new("mobile_views", [EventType.View], MeasureColumn.Events, [new MeasureFilter(MeasureFilterColumn.DeviceType, "mobile")]);
        ExperimentArmsQuery query = new([.. ExperimentMeasure.Standard, views], sums ?? Sums, [new AssignmentId("v0")]);
        Dictionary<string, object> parameters = new(query.Parameters)
        {
            ["experiment"] = Key,
            ["from"] = Start,
            ["to"] = Start.AddDays(10),
            ["before"] = Start.AddDays(-5),
            ["most_events"] = 100_000L,
            ["most_amount"] = 1_000_000_000_000L,
        };
        return await new DuckDbEventWarehouse(_database).QueryAsync(query.Query, parameters, Token).ToListAsync(Token);
    }

    private static Exposure Exposure(SeededRandom random)
    {
        string visitor = Visitors[random.NextInt(Visitors.Length)];
        string variant = random.NextInt(12) == 0 ? "control" : visitor[^1] % 2 == 0 ? "control" : "treatment";
        return new Exposure(Key, new AssignmentId(visitor), new UserId(visitor), variant, Start.AddHours(random.NextInt(24 * 12) - 10));
    }

    private static InteractionEvent Event(SeededRandom random, int number)
    {
        EventType type = Enum.GetValues<EventType>()[random.NextInt(8)];
        string visitor = Visitors[random.NextInt(Visitors.Length)];
        bool isMoney = type is EventType.Purchase or EventType.Refund;
        return new InteractionEvent
        {
            Id = new EventId($"e{number}"),
            User = new UserId(random.NextInt(3) == 0 ? "known-" + visitor : visitor),
            Assignment = new AssignmentId(visitor),
            Type = type,
            Product = new ProductId("p1"),
            OccurredAt = Start.AddMinutes(random.NextInt(60 * 24 * 17) - (60 * 24 * 6)),
            IngestedAt = Start,
            Session = random.NextInt(4) == 0 ? null : new SessionId($"{visitor}-{random.NextInt(6)}"),
            DeviceType = random.NextInt(2) == 0 ? "mobile" : "desktop",
            Slate = random.NextInt(2) == 0 ? new SlateId("s") : null,
            RevenueMinor = !isMoney ? null : type == EventType.Refund ? -random.NextInt(4_000) : random.NextInt(9_000),
            Currency = isMoney ? "EUR" : null,
            Order = isMoney && random.NextInt(3) > 0 ? new OrderId($"{visitor}-o{random.NextInt(5)}") : null,
        };
    }

    private static long Mixed(Exposure[] exposures) => InTime(exposures).GroupBy(exposure => exposure.Assignment)
        .Count(visitor => visitor.Select(exposure => exposure.Variant).Distinct().Count() > 1);

    private static IEnumerable<Exposure> InTime(Exposure[] exposures) =>
        exposures.Where(exposure => exposure.ExposedAt >= Start && exposure.ExposedAt < Start.AddDays(10));

    private static (long Visitors, Int128[] Sums) Reference(Exposure[] exposures, InteractionEvent[] events, string variant)
    {
        long visitors = 0;
        Int128[] sums = new Int128[Sums.Length];
        foreach (IGrouping<AssignmentId, Exposure> visitor in InTime(exposures).GroupBy(exposure => exposure.Assignment))
        {
            if (visitor.Key.Value == "v0" || visitor.Any(exposure => exposure.Variant != variant))
            {
                continue;
            }

            visitors++;
            Dictionary<string, long> values = Values(visitor.Min(exposure => exposure.ExposedAt), [.. events.Where(e => e.Assignment == visitor.Key)]);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += (Int128)values[Sums[i].First] * (Sums[i].Second is { } second ? values[second] : 1);
            }
        }

        return (visitors, sums);
    }

    private static Dictionary<string, long> Values(DateTimeOffset exposedAt, InteractionEvent[] own)
    {
        InteractionEvent[] after = [.. own.Where(e => e.OccurredAt >= exposedAt && e.OccurredAt < Start.AddDays(10))];
        InteractionEvent[] before = [.. own.Where(e => e.OccurredAt < exposedAt && e.OccurredAt >= Start.AddDays(-5))];
        long orders = Orders(after);
        return new()
        {
            ["revenue"] = after.Sum(e => e.RevenueMinor ?? 0),
            ["revenue_before"] = before.Sum(e => e.RevenueMinor ?? 0),
            ["orders"] = orders,
            ["buyers"] = orders > 0 ? 1 : 0,
            ["orders_before"] = Orders(before),
            ["clicks"] = after.Count(e => e.Type == EventType.Click),
            ["slate_clicks"] = after.Count(e => e.Type == EventType.Click && e.Slate is not null),
            ["impressions"] = after.Count(e => e.Type == EventType.Impression),
            ["sessions"] = after.Where(e => e.Session is not null && e.Type != EventType.Refund).Select(e => e.Session).Distinct().Count(),
            ["mobile_views"] = after.Count(e => e.Type == EventType.View && e.DeviceType == "mobile"),
        };
    }

    private static long Orders(InteractionEvent[] events) =>
        events.Where(e => e.Type == EventType.Purchase).Select(e => e.Order?.Value ?? e.Id.Value).Distinct().Count();
}
