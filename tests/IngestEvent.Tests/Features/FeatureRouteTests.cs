using System.Text.Json;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;
using Aisle.Testing;

namespace Aisle.IngestEvent.Tests.Features;

/// <summary>The six features under their names, as the next slate would use them.</summary>
public sealed class FeatureRouteTests : IDisposable
{
    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private UserId User => _world.Pseudonymizer.UserOf("raw-user");

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_shopper_is_shown_with_all_six_features_of_their_types()
    {
        await _world.Catalogue.UpsertAsync([Some.Product("p1", "Garden"), Some.Product("p2", "Kitchen")], Token);
        await CollectAsync("""{"events":[""" + Click("a", "p1", "12:00:00") + "," + Click("b", "p2", "12:00:05") + "]}");
        Versioned<ShopperProfile> present = (await _world.Profiles.ReadAsync(User, Token))!;
        await _world.Profiles.WriteAsync(
            [new ProfileWrite(present.Value with { UserEmbedding = [0.5f, -1], AveragePriceMinor = 1999.6, PurchaseCount30Days = 3 }, present.Tag)], Token);

        (int status, JsonElement features) = await ReadAsync("raw-user");

        Assert.Equal(200, status);
        Assert.Equal(User.Value, features.GetProperty("user_id").GetString());
        Assert.Equal("[0.5,-1]", features.GetProperty("user_embedding_64d").GetRawText());
        Assert.Equal("""["Kitchen","Garden"]""", features.GetProperty("recent_categories").GetRawText());
        Assert.Equal("20.00", features.GetProperty("avg_price_range").GetRawText());
        Assert.Equal("EUR", features.GetProperty("currency").GetString());
        Assert.Equal(3, features.GetProperty("purchase_count_30d").GetInt32());
        Assert.True(features.GetProperty("cold_start_flag").GetBoolean());
        Assert.Equal("""["p1","p2"]""", features.GetProperty("session_click_ids").GetRawText());
    }

    [Fact]
    public async Task A_visit_that_has_ended_leaves_no_clicks_and_an_expired_document_is_not_shown()
    {
        await CollectAsync(Click("a", "p1", "12:00:00"));

        _world.Clock.Advance(SessionFeatures.SessionIdle + TimeSpan.FromSeconds(1));
        Assert.Equal("[]", (await ReadAsync("raw-user")).Body.GetProperty("session_click_ids").GetRawText());
        _world.Clock.Advance(SessionFeatures.TimeToLive);
        Assert.Equal(404, (await ReadAsync("raw-user")).Status);
    }

    [Theory]
    [InlineData("nobody", 404)]
    [InlineData("%20", 400)]
    public async Task Whom_nobody_knows_is_a_problem_that_names_the_remedy(string id, int expected)
    {
        (int status, JsonElement problem) = await ReadAsync(Uri.UnescapeDataString(id));

        Assert.Equal(expected, status);
        Assert.NotEqual("", problem.GetProperty("problems")[0].GetProperty("remedy").GetString());
    }

    private static string Click(string id, string product, string time) =>
        $$"""{"event_id":"{{id}}","user_id":"raw-user","event_type":"click","product_id":"{{product}}","event_timestamp":"2026-01-15T{{time}}Z"}""";

    private async Task CollectAsync(string body)
    {
        Assert.Equal(202, (await _world.SendAsync("/v1/events", body)).Status);
        await _world.Worker.DrainAsync(Token);
    }

    private Task<(int Status, JsonElement Body)> ReadAsync(string id) =>
        World.SendAsync(_world.Collect, "GET", $"/v1/users/{id}/features", "", World.OperatorKey);
}
