using Aisle.Ports;
using Aisle.Reranking;
using Aisle.Sql;

namespace Aisle.Testing.Contracts;

/// <summary>What every slate log promises, as the warehouse's own query over slates sees it.</summary>
public abstract class SlateLogContract
{
    /// <summary>An empty log, and the warehouse whose queries read it.</summary>
    protected abstract Task<(ISlateLog Log, IEventWarehouse Warehouse)> CreateAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_position_is_seen_with_its_propensity_and_slot()
    {
        (ISlateLog log, IEventWarehouse warehouse) = await CreateAsync();
        Slate slate = Some.Slate("s", "größe", "y") with { Seed = ulong.MaxValue, ModelVersion = null };
        SlateItem explored = slate.Items[1] with { Slot = SlotKind.Exploration, Propensity = 0.25 };

        await log.AppendAsync([slate with { Items = [slate.Items[0], explored] }], Token);

        Assert.Equal(
            [(1L, "größe", false, 1.0), (2L, "y", true, 0.25)],
            (await PlacesAsync(warehouse)).Select(place => (place.Position, place.Product.Value, place.IsExplored, place.Propensity)));
    }

    [Fact]
    public async Task A_slate_that_is_logged_again_counts_once()
    {
        (ISlateLog log, IEventWarehouse warehouse) = await CreateAsync();
        Slate slate = Some.Slate("s", "x", "y");

        await log.AppendAsync([slate, Some.Slate("t", "x")], Token);
        await log.AppendAsync([slate], Token);

        Assert.Equal(["x", "y", "x"], (await PlacesAsync(warehouse)).Select(place => place.Product.Value));
    }

    [Fact]
    public async Task Surfaces_variants_and_other_days_are_told_apart()
    {
        (ISlateLog log, IEventWarehouse warehouse) = await CreateAsync();

        await log.AppendAsync(
            [
                Some.Slate("a", "x") with { Surface = "cart" },
                Some.Slate("b", "y") with { ServedAt = Some.Instant.AddDays(-2) },
                Some.Slate("c", "z") with { Variants = ["test=treatment"] },
                Some.Slate("d", "w") with { Variants = ["test=control"] },
            ],
            Token);

        Assert.Equal(["z", "w"], (await PlacesAsync(warehouse)).Select(place => place.Product.Value));
        Assert.Equal("z", Assert.Single(await PlacesAsync(warehouse, "test=treatment")).Product.Value);
    }

    [Fact]
    public async Task Nothing_to_append_is_no_fault()
    {
        (ISlateLog log, IEventWarehouse warehouse) = await CreateAsync();

        await log.AppendAsync([], Token);

        Assert.Empty(await PlacesAsync(warehouse));
    }

    [Fact]
    public async Task An_erased_shoppers_slates_are_gone_and_the_others_stay()
    {
        (ISlateLog log, IEventWarehouse warehouse) = await CreateAsync();
        await log.AppendAsync([Some.Slate("s", "x", "y") with { User = Some.User("a") }, Some.Slate("t", "z") with { User = Some.User("b") }], Token);

        IReadOnlyDictionary<string, long> erased = await warehouse.EraseAsync(Some.User("a"), Token);

        Assert.Equal((1, 2), (erased["slates"], erased["slate_items"]));
        Assert.Equal("z", Assert.Single(await PlacesAsync(warehouse)).Product.Value);
    }

    private static async Task<IReadOnlyList<LoggedPlace>> PlacesAsync(IEventWarehouse warehouse, string variant = "")
    {
        Dictionary<string, object> parameters = new()
        {
            ["surface"] = "home",
            ["variant"] = variant,
            ["from"] = Some.Instant.AddDays(-1),
            ["to"] = Some.Instant.AddDays(1),
        };
        return await warehouse.QueryAsync(PortableQueries.LoggedPlaces, parameters, Token).ToListAsync(Token);
    }
}
