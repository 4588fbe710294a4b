using Aisle.Events;
using Aisle.Ports;
using Aisle.Sql;

namespace Aisle.Testing.Contracts;

/// <summary>What every warehouse promises.</summary>
public abstract class EventWarehouseContract
{
    protected abstract Task<IEventWarehouse> CreateAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_sees_what_was_appended()
    {
        IEventWarehouse warehouse = await CreateAsync();
        await warehouse.AppendAsync([Some.Event()], Token);

        UserItemScore row = Assert.Single(await ScoresAsync(warehouse));

        Assert.Equal(new UserItemScore(Some.User(), Some.ProductId(), 1, Some.Instant), row);
    }

    [Fact]
    public async Task An_event_that_is_delivered_again_counts_once()
    {
        IEventWarehouse warehouse = await CreateAsync();
        await warehouse.AppendAsync([Some.Event(), Some.Event()], Token);
        AppendOutcome again = await warehouse.AppendAsync([Some.Event() with { IngestedAt = Some.Instant.AddMinutes(1) }], Token);

        Assert.Equal(1, Assert.Single(await ScoresAsync(warehouse)).Score);
        Assert.True(again.Duplicates is null or 1);
    }

    [Fact]
    public async Task Of_two_copies_of_one_event_the_first_is_kept_and_named()
    {
        IEventWarehouse warehouse = await CreateAsync();
        InteractionEvent first = Some.Event(product: "first");
        await warehouse.AppendAsync([first], Token);
        AppendOutcome outcome = await warehouse.AppendAsync(
            [Some.Event(product: "second") with { OccurredAt = Some.Instant.AddMinutes(7), IngestedAt = Some.Instant.AddMinutes(8) }], Token);

        Assert.Equal("first", Assert.Single(await ScoresAsync(warehouse)).Product.Value);
        Assert.True(outcome.Kept is null || outcome.Kept[first.Id] == first);
    }

    [Fact]
    public async Task Of_two_copies_of_one_event_the_one_accepted_first_is_kept_even_when_it_is_delivered_last()
    {
        IEventWarehouse warehouse = await CreateAsync();
        await warehouse.AppendAsync(
            [Some.Event(product: "second") with { OccurredAt = Some.Instant.AddMinutes(7), IngestedAt = Some.Instant.AddMinutes(8) }, Some.Event("other", product: "other")], Token);
        InteractionEvent first = Some.Event(product: "first");
        AppendOutcome outcome = await warehouse.AppendAsync([first], Token);

        Assert.Equal(["first", "other"], (await ScoresAsync(warehouse)).Select(row => row.Product.Value));
        Assert.True(outcome.Duplicates is null or 1);
        Assert.True(outcome.Kept is null || outcome.Kept[first.Id] == first);
    }

    [Fact]
    public async Task Of_two_copies_in_one_batch_the_one_accepted_first_is_kept()
    {
        IEventWarehouse warehouse = await CreateAsync();
        InteractionEvent first = Some.Event(product: "first");
        AppendOutcome outcome = await warehouse.AppendAsync([Some.Event(product: "second") with { IngestedAt = Some.Instant.AddMinutes(8) }, first], Token);

        Assert.Equal("first", Assert.Single(await ScoresAsync(warehouse)).Product.Value);
        Assert.True(outcome.Kept is null || outcome.Kept[first.Id] == first);
    }

    [Fact]
    public async Task The_window_is_half_open()
    {
        IEventWarehouse warehouse = await CreateAsync();
        await warehouse.AppendAsync([Some.Event("at-cutoff") with { OccurredAt = Some.Instant.AddHours(1) }, Some.Event("before-from") with { OccurredAt = Some.Instant.AddDays(-91) }], Token);

        Assert.Empty(await ScoresAsync(warehouse));
    }

    [Fact]
    public async Task Sales_without_a_buyer_train_nobody()
    {
        IEventWarehouse warehouse = await CreateAsync();
        await warehouse.AppendAsync([Some.Purchase() with { User = null }], Token);

        Assert.Empty(await ScoresAsync(warehouse));
    }

    [Fact]
    public async Task Weights_follow_the_type_and_add_up()
    {
        IEventWarehouse warehouse = await CreateAsync();
        InteractionEvent[] events =
        [
            .. Enum.GetValues<EventType>().Select(type => Some.Event($"e-{type}") with { Type = type, Product = type == EventType.PageView ? null : Some.ProductId() }),
        ];
        await warehouse.AppendAsync(events, Token);

        Assert.Equal(5 + 3 + 2 + 1, Assert.Single(await ScoresAsync(warehouse)).Score);
    }

    [Fact]
    public async Task There_is_one_row_for_each_shopper_and_product()
    {
        IEventWarehouse warehouse = await CreateAsync();
        await warehouse.AppendAsync([Some.Event("1", "b", "x"), Some.Event("2", "a", "y"), Some.Event("3", "a", "x"), Some.Event("4", "b", "x")], Token);

        Assert.Equal(["a/x", "a/y", "b/x"], (await ScoresAsync(warehouse)).Select(row => $"{row.User}/{row.Product}"));
    }

    [Fact]
    public async Task Missing_and_superfluous_parameters_are_named()
    {
        IEventWarehouse warehouse = await CreateAsync();

        ArgumentException wrong = await Assert.ThrowsAsync<ArgumentException>(async () => await warehouse
            .QueryAsync(PortableQueries.UserItemScores, new Dictionary<string, object> { ["nonsense"] = 1L }, Token).ToListAsync(Token));

        Assert.Contains("cutoff", wrong.Message);
        Assert.Contains("nonsense", wrong.Message);
    }

    [Fact]
    public async Task An_erased_shopper_is_gone_and_the_others_stay()
    {
        IEventWarehouse warehouse = await CreateAsync();
        await warehouse.AppendAsync([Some.Event("1", "a"), Some.Event("2", "a", "other"), Some.Event("3", "b")], Token);

        Assert.Equal(2, (await warehouse.EraseAsync(Some.User("a"), Token))["interaction_events"]);
        Assert.Equal(0, (await warehouse.EraseAsync(Some.User("a"), Token))["interaction_events"]);
        Assert.Equal("b", Assert.Single(await ScoresAsync(warehouse)).User.Value);
    }

    [Fact]
    public async Task Appending_nothing_is_fine() => Assert.Equal(0, (await (await CreateAsync()).AppendAsync([], Token)).Received);

    private static async Task<List<UserItemScore>> ScoresAsync(IEventWarehouse warehouse)
    {
        Dictionary<string, object> parameters = new()
        {
            ["from"] = Some.Instant.AddDays(-90),
            ["cutoff"] = Some.Instant.AddHours(1),
            ["decay"] = 0.0,
            ["damped"] = false,
            ["cap"] = 1000.0,
        };
        List<UserItemScore> rows = await warehouse.QueryAsync(PortableQueries.UserItemScores, parameters, Token).ToListAsync(Token);
        return [.. rows.OrderBy(row => row.User.Value, StringComparer.Ordinal).ThenBy(row => row.Product.Value, StringComparer.Ordinal)];
    }
}
