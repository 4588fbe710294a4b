using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Sql;

namespace Aisle.Testing.Contracts;

/// <summary>What every exposure log promises, as the warehouse's own query over exposures sees it.</summary>
public abstract class ExposureLogContract
{
    /// <summary>An empty log, and the warehouse whose queries read it.</summary>
    protected abstract Task<(IExposureLog Log, IEventWarehouse Warehouse)> CreateAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_exposure_is_seen_with_its_visitor_and_variant()
    {
        (IExposureLog log, IEventWarehouse warehouse) = await CreateAsync();

        await log.AppendAsync([Some.Exposure("größe"), Some.Exposure("b", "treatment")], Token);

        Assert.Equal(
            [("b", "treatment", 1L), ("größe", "control", 1L)],
            (await UsersAsync(warehouse)).Select(user => (user.Assignment.Value, user.Variant, user.Variants)));
    }

    [Fact]
    public async Task Repeats_are_allowed_and_the_earliest_counts_whatever_the_order()
    {
        (IExposureLog log, IEventWarehouse warehouse) = await CreateAsync();
        Exposure first = Some.Exposure();
        await log.AppendAsync([first with { ExposedAt = first.ExposedAt.AddHours(2) }, first], Token);
        await log.AppendAsync([first], Token);

        await warehouse.AppendAsync([Some.Purchase() with { OccurredAt = first.ExposedAt.AddHours(1) }], Token);

        Assert.Equal((1L, 1L), (await UsersAsync(warehouse)).Select(user => (user.Variants, user.Purchases)).Single());
    }

    [Fact]
    public async Task Several_variants_of_one_visitor_are_all_kept()
    {
        (IExposureLog log, IEventWarehouse warehouse) = await CreateAsync();

        await log.AppendAsync([Some.Exposure(), Some.Exposure(variant: "treatment")], Token);

        Assert.Equal(2, Assert.Single(await UsersAsync(warehouse)).Variants);
    }

    [Fact]
    public async Task Experiments_do_not_see_each_other()
    {
        (IExposureLog log, IEventWarehouse warehouse) = await CreateAsync();

        await log.AppendAsync([Some.Exposure() with { Experiment = "another" }], Token);

        Assert.Empty(await UsersAsync(warehouse));
    }

    [Fact]
    public async Task Nothing_to_append_is_no_fault()
    {
        (IExposureLog log, IEventWarehouse warehouse) = await CreateAsync();

        await log.AppendAsync([], Token);

        Assert.Empty(await UsersAsync(warehouse));
    }

    [Fact]
    public async Task An_erased_shoppers_exposures_are_gone_and_the_others_stay()
    {
        (IExposureLog log, IEventWarehouse warehouse) = await CreateAsync();
        await log.AppendAsync([Some.Exposure("a"), Some.Exposure("b")], Token);

        IReadOnlyDictionary<string, long> erased = await warehouse.EraseAsync(Some.User("a"), Token);

        Assert.Equal(1, erased["exposures"]);
        Assert.Equal("b", Assert.Single(await UsersAsync(warehouse)).Assignment.Value);
    }

    private static async Task<IReadOnlyList<ExperimentUser>> UsersAsync(IEventWarehouse warehouse)
    {
        Dictionary<string, object> parameters = new()
        {
            ["experiment"] = Some.Exposure().Experiment,
            ["from"] = Some.Instant,
            ["to"] = Some.Instant.AddDays(1),
            ["before"] = Some.Instant.AddDays(-1),
        };
        return await warehouse.QueryAsync(PortableQueries.ExperimentUsers, parameters, Token).ToListAsync(Token);
    }
}
