using Aisle.Events;
using Aisle.Local.DuckDb;
using Aisle.Sql;
using Aisle.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Local.Tests.DuckDb;

public sealed class ExperimentUsersQueryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbDatabase _database;
    private readonly DuckDbEventWarehouse _warehouse;
    private readonly DuckDbExposureLog _exposures;

    public ExperimentUsersQueryTests()
    {
        _database = new DuckDbDatabase(_folder.File("warehouse.duckdb"), 0, new FakeTimeProvider());
        _warehouse = new DuckDbEventWarehouse(_database);
        _exposures = new DuckDbExposureLog(_database);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_an_exposed_visitor_did_from_the_first_exposure_on_counts()
    {
        DateTimeOffset exposed = Some.Exposure().ExposedAt;
        await _exposures.AppendAsync([Some.Exposure(), Some.Exposure() with { ExposedAt = exposed.AddHours(1) }], Token);
        await _warehouse.AppendAsync(
            [
                Some.Purchase("before") with { OccurredAt = exposed.AddMinutes(-1) },
                Some.Purchase("after") with { OccurredAt = exposed.AddMinutes(1) },
                Some.Purchase("returned") with { Type = EventType.Refund, RevenueMinor = -400, OccurredAt = exposed.AddMinutes(2) },
                Some.Purchase("stranger", user: "user-2") with { OccurredAt = exposed.AddMinutes(1) },
                Some.Event("shown") with { Type = EventType.Impression, Slate = new SlateId("s"), Position = 1, OccurredAt = exposed },
                Some.Event("clicked") with { Type = EventType.Click, Slate = new SlateId("s"), Position = 1, OccurredAt = exposed.AddSeconds(3) },
                Some.Event("searched") with { Type = EventType.Click, OccurredAt = exposed.AddSeconds(9) },
            ],
            Token);

        ExperimentUser user = Assert.Single(await UsersAsync());

        Assert.Equal(new ExperimentUser(new AssignmentId("user-1"), "control", 1, 600, 1, 1, 1, "EUR") { Orders = 1, Events = 6, LastCurrency = "EUR", RevenueBeforeMinor = 1_000 }, user);
    }

    [Fact]
    public async Task A_login_keeps_the_visitors_acts_together_by_the_assignment()
    {
        await _exposures.AppendAsync([Some.Exposure("visitor")], Token);
        await _warehouse.AppendAsync([Some.Purchase(user: "known") with { Assignment = new AssignmentId("visitor"), OccurredAt = Some.Exposure().ExposedAt }], Token);

        Assert.Equal(1, Assert.Single(await UsersAsync()).Purchases);
    }

    [Fact]
    public async Task Several_variants_of_one_visitor_are_told()
    {
        await _exposures.AppendAsync([Some.Exposure(), Some.Exposure(variant: "treatment")], Token);

        Assert.Equal(2, Assert.Single(await UsersAsync()).Variants);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private async Task<List<ExperimentUser>> UsersAsync()
    {
        Dictionary<string, object> parameters = new()
        {
            ["experiment"] = Some.Exposure().Experiment,
            ["from"] = Some.Instant.AddDays(-30),
            ["to"] = Some.Instant.AddDays(30),
            ["before"] = Some.Instant.AddDays(-40),
        };
        List<ExperimentUser> users = [];
        await foreach (ExperimentUser user in _warehouse.QueryAsync(PortableQueries.ExperimentUsers, parameters, Token))
        {
            users.Add(user);
        }

        return users;
    }
}
