using System.Text.Json;
using Aisle.Candidates.Hybrid;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.ScoreUser.Serving;
using Aisle.Testing;

namespace Aisle.ScoreUser.Tests;

/// <summary>What variants of experiments change, on which surface, and who counts as exposed.</summary>
public sealed class VariantTests
{
    private static readonly string[] Surfaces = ["home", "because_you_bought", "similar", "bought_together", "cart", "trending", "new", "recently_viewed"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_variant_is_named_on_every_surface_and_its_exposure_is_logged_once()
    {
        using World world = await ExperimentingAsync(("aa", []));
        await world.TouchAsync("cook", EventType.View, 0, 2, 4, 6, 8, 10);

        foreach (string surface in Surfaces)
        {
            JsonElement slate = (await world.GetAsync($"?user_id=cook&surface={surface}&product_id=p006&cart=p008")).Body;
            Assert.Equal("aa", Assert.Single(slate.GetProperty("experiments").EnumerateArray()).GetProperty("key").GetString());
        }

        await world.SendAsync("POST", "/v1/rerank", "", """{"user_id":"cook","product_ids":["p020","p013"]}""");
        await world.Log.FlushAsync(Token);
        Assert.Equal("aa", Assert.Single(world.Exposures.All).Experiment);
        Assert.All(world.Slates.All, slate => Assert.Equal(["aa=all"], slate.Variants));
        Assert.Equal("rerank", world.Slates.All[^1].Surface);
    }

    [Theory]
    [InlineData("alpha", "0.9", "home", true)]
    [InlineData("alpha", "0.9", "trending", false)]
    [InlineData("mmr_lambda", "0.2", "because_you_bought", false)]
    [InlineData("similar.mmr_lambda", "0.2", "similar", true)]
    [InlineData("similar.mmr_lambda", "0.2", "home", false)]
    [InlineData("headline", "blue", "new", true)]
    [InlineData("model_version", "v1", "cart", true)]
    public async Task Only_who_could_meet_a_difference_is_exposed(string parameter, string value, string surface, bool isExposed)
    {
        using World world = await ExperimentingAsync(("e", new() { [parameter] = value }));
        await world.TouchAsync("cook", EventType.Purchase, 0);

        await world.GetAsync($"?user_id=cook&surface={surface}&product_id=p006&cart=p008");
        await world.Log.FlushAsync(Token);

        Assert.Equal(isExposed ? 1 : 0, world.Exposures.All.Count);
    }

    [Fact]
    public async Task A_parameter_bound_to_a_surface_changes_that_surface_alone()
    {
        using World plain = await ExperimentingAsync();
        using World bound = await ExperimentingAsync(("e", new() { ["similar.epsilon"] = "1" }));

        Assert.Equal("ranked", Assert.Single(Slots(await SimilarAsync(plain))));
        Assert.Contains("exploration", Slots(await SimilarAsync(bound)));
        Assert.Equal(Products((await plain.GetAsync("?user_id=cook&surface=trending")).Body), Products((await bound.GetAsync("?user_id=cook&surface=trending")).Body));

        static async Task<JsonElement> SimilarAsync(World world) => (await world.GetAsync("?user_id=cook&surface=similar&product_id=p006&limit=5")).Body;
    }

    [Fact]
    public async Task A_variant_may_answer_from_another_model_and_falls_back_where_there_is_none()
    {
        using World world = await World.ServingAsync();
        await world.SaveModelAsync("challenger");
        await RunAsync(world, Experiment("model", ("old", 0, 5000, []), ("new", 5000, 9000, new() { ["model_version"] = "challenger" }), ("lost", 9000, 10000, new() { ["model_version"] = "gone" })));

        Dictionary<string, (string? Version, string[] Degraded)> met = [];
        for (int user = 0; user < 60; user++)
        {
            JsonElement slate = (await world.GetAsync($"?user_id=u{user}")).Body;
            met[slate.GetProperty("experiments")[0].GetProperty("variant").GetString()!] = (
                slate.GetProperty("model_version").GetString(), [.. slate.GetProperty("degradations").EnumerateArray().Select(entry => entry.GetProperty("stage").GetString()!)]);
            Assert.Equal(10, slate.GetProperty("items").GetArrayLength());
        }

        Assert.Equal(("v1", 0), (met["old"].Version, met["old"].Degraded.Length));
        Assert.Equal(("challenger", 0), (met["new"].Version, met["new"].Degraded.Length));
        Assert.Equal("v1", met["lost"].Version);
        Assert.Equal(["variant model"], met["lost"].Degraded);
    }

    [Fact]
    public async Task Experiments_of_one_layer_share_nobody_and_those_of_two_layers_act_together()
    {
        using World world = await World.ServingAsync();
        Experiment first = Experiment("first", ("a", 0, 5000, new() { ["alpha"] = "0.1" })) with { Salt = "one", Layer = "one" };
        Experiment second = Experiment("second", ("b", 5000, 10000, new() { ["beta"] = "0.5" })) with { Salt = "one", Layer = "one" };
        Experiment other = Experiment("third", ("c", 0, 10000, new() { ["mmr_lambda"] = "0.4" })) with { Salt = "two", Layer = "two" };
        await RunAsync(world, first, second, other);

        for (int user = 0; user < 50; user++)
        {
            JsonElement slate = (await world.SendAsync("GET", "/v1/recommendations", $"?user_id=u{user}&explain=true", "", World.OperatorKey)).Body;
            string[] keys = [.. slate.GetProperty("experiments").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!)];
            Assert.Equal(2, keys.Length);
            Assert.Contains("third", keys);
            Assert.Equal(0.4, slate.GetProperty("trace").GetProperty("composition").GetProperty("mmr_lambda").GetDouble());
        }
    }

    [Fact]
    public void No_request_builds_a_recommender_again()
    {
        ServingModel model = new(World.Model, Some.Manifest("v1"), new HybridOptions());
        for (int round = 0; round < 100; round++)
        {
            HybridOptions variant = new() { Alpha = round / 100.0 };

            Assert.Same(model.RecommenderWith(variant), model.RecommenderWith(variant with { }));
        }
    }

    [Theory]
    [InlineData("alpha", "1.1")]
    [InlineData("alpha", "NaN")]
    [InlineData("similar.epsilon", "-0.1")]
    [InlineData("depth", "20.5")]
    [InlineData("policy", "magic")]
    [InlineData("model_version", "")]
    public void A_value_that_a_parameter_cannot_have_is_refused_and_changes_nothing(string name, string value)
    {
        Assert.NotNull(ServingParameters.Remedy(name, value));
        Assert.Null(ServingParameters.Remedy("headline", value));
    }

    private static async Task<World> ExperimentingAsync(params (string Key, Dictionary<string, string> Parameters)[] experiments)
    {
        World world = await World.ServingAsync();
        await RunAsync(world, [.. experiments.Select(experiment => Experiment(experiment.Key, ("all", 0, 10000, experiment.Parameters)))]);
        return world;
    }

    private static async Task RunAsync(World world, params Experiment[] experiments)
    {
        foreach (Experiment experiment in experiments)
        {
            await world.Experiments.TryWriteAsync(experiment, null, Token);
        }

        await world.State.RefreshExperimentsAsync(Token);
    }

    private static Experiment Experiment(string key, params (string Name, int From, int To, Dictionary<string, string> Parameters)[] variants) => Some.Experiment(key) with
    {
        StartsAt = TwoTopicShop.AsOf.AddDays(-1),
        EndsAt = TwoTopicShop.AsOf.AddDays(9),
        Layer = null,
        Overrides = new Dictionary<string, string>(),
        Variants = [.. variants.Select(variant => new Variant(variant.Name, variant.From, variant.To, variant.Parameters))],
    };

    private static string[] Slots(JsonElement slate) => [.. slate.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("slot").GetString()!).Distinct()];

    private static string Products(JsonElement slate) => string.Join(' ', slate.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("product_id").GetString()));
}
