using System.Text.Json;
using Aisle.ScoreUser.Promises;
using Aisle.Sql;
using Aisle.Testing;
using ShownProduct = Aisle.ScoreUser.Answering.ShownProduct;

namespace Aisle.ScoreUser.Tests;

public sealed class ExposureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(50, 0, "", "kept", null)]
    [InlineData(49, 0, "", "under_way", "too_few_slates")]
    [InlineData(49, 9, "", "missed", "too_few_slates")]
    [InlineData(0, 0, """{"rules":[{"id":"no","action":"block","match":{"products":["p038"]}}]}""", "under_way", "blocked:no")]
    public async Task The_ledger_says_who_missed_the_promise_and_why(int slates, int daysLater, string rules, string status, string? why)
    {
        using World world = await World.ServingAsync();
        await world.Catalogue.UpsertAsync([.. TwoTopicShop.Products().Where(product => product.Id == TwoTopicShop.Product(38))], Token);
        DateOnly created = new(2026, 2, 27);
        world.Warehouse.Answer(PortableQueries.ProductExposure, _ =>
        [
            new ProductExposureDay(TwoTopicShop.Product(38), created, slates - 1, 3),
            new ProductExposureDay(TwoTopicShop.Product(38), created.AddDays(6), 1, 0),
            new ProductExposureDay(TwoTopicShop.Product(38), created.AddDays(7), 1000, 0),
        ]);
        if (rules.Length > 0)
        {
            await world.PutRulesAsync(rules);
        }

        world.Clock.Advance(TimeSpan.FromDays(daysLater));
        JsonElement ledger = (await world.SendAsync("GET", "/v1/exposure", "?days=30", "", World.OperatorKey)).Body;

        JsonElement entry = ledger.GetProperty("products").EnumerateArray().Single(product => product.GetProperty("product_id").GetString() == "p038");
        Assert.Equal(slates, entry.GetProperty("slates").GetInt64());
        Assert.Equal(status, entry.GetProperty("status").GetString());
        Assert.Equal(why, entry.GetProperty("why").GetString());
    }

    [Fact]
    public async Task What_is_owed_more_is_drawn_more_and_the_propensity_says_how_much()
    {
        using World world = await World.ServingAsync();
        const int Trials = 4_000;
        Dictionary<string, (int Seen, double Stated)> positions = [];
        for (int trial = 0; trial < Trials; trial++)
        {
            JsonElement items = (await world.GetAsync("?limit=3")).Body.GetProperty("items");
            foreach (JsonElement item in items.EnumerateArray().Where(item => item.GetProperty("slot").GetString() == "exploration"))
            {
                string key = $"{item.GetProperty("product_id").GetString()}@{item.GetProperty("rank").GetInt32()}";
                (int seen, double stated) = positions.GetValueOrDefault(key);
                positions[key] = (seen + 1, stated + item.GetProperty("propensity").GetDouble());
            }
        }

        Assert.Equal(6, positions.Count); // two new products on three positions
        Assert.All(positions.Values, position => Assert.Equal(position.Stated / position.Seen, position.Seen / (double)Trials, 0.02));
    }

    [Fact]
    public void A_promise_weighs_less_as_it_is_kept()
    {
        ScoreUserOptions options = new() { PromisedExposure = 2, PromiseBoost = 4 };
        NewProductPromise promise = new(options);
        ShownProduct[] shown = [Shown(38)];
        DateTimeOffset now = TwoTopicShop.AsOf;

        Assert.Equal(5, WeightOf(38));
        promise.Count(shown, now);
        Assert.Equal(3, WeightOf(38));
        promise.Count(shown, now);
        promise.Count(shown, now);
        Assert.Equal(1, WeightOf(38));
        promise.Count([Shown(0)], now);
        Assert.Equal(5, WeightOf(0));

        double WeightOf(int product) => promise.WeightOf(promise.ServedOf(TwoTopicShop.Product(product)), options.PromiseBoost);
    }

    private static ShownProduct Shown(int number) => new(TwoTopicShop.Products()[number], null, null, new Candidates.Reasons.Reason(Candidates.Reasons.ReasonCode.Popular, null, null), null);
}
