using System.Text.Json;
using Aisle.Events;
using Aisle.Numerics;

namespace Aisle.AbReport.Tests;

public sealed class EstimateTests
{
    private const double Explored = 0.3;
    private const double BaseClicks = 0.3;
    private const double ExploredClicks = 0.1;

    private readonly World _world = new();

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(2)]
    public async Task Exploring_more_or_less_is_estimated_as_it_truly_is(double factor)
    {
        Log(4_000);

        JsonElement got = await EstimateAsync($$"""{"exploration":{{factor.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}""");

        double truth = (factor * Explored * ExploredClicks) + ((1 - (factor * Explored)) * BaseClicks);
        JsonElement robust = got.GetProperty("doubly_robust");
        Assert.Equal("ok", got.GetProperty("status").GetString());
        Assert.InRange(truth, robust.GetProperty("value").GetDouble() - (4 * robust.GetProperty("standard_error").GetDouble()), robust.GetProperty("value").GetDouble() + (4 * robust.GetProperty("standard_error").GetDouble()));
        Assert.Equal(1, got.GetProperty("supported_share").GetDouble(), 1e-12);
    }

    [Fact]
    public async Task A_table_that_shows_what_the_log_never_did_is_refused_and_says_how_much()
    {
        Log(400);

        JsonElement got = await EstimateAsync("""{"policy":[{"position":1,"product_id":"best","probability":0.6},{"position":1,"product_id":"unseen","probability":0.4}]}""");

        Assert.Equal("no_support", got.GetProperty("status").GetString());
        Assert.Equal(0.4, got.GetProperty("unsupported_share").GetDouble(), 1e-12);
        Assert.Equal(JsonValueKind.Null, got.GetProperty("doubly_robust").ValueKind);
    }

    [Theory]
    [InlineData(4, "at most 3.33")]
    [InlineData(100, "at most 3.33")]
    public async Task More_exploration_than_there_is_room_for_is_refused_and_says_how_much_there_is(double factor, string most)
    {
        Log(400);

        JsonElement got = await EstimateAsync($$"""{"exploration":{{factor}}}""");

        Assert.Equal("no_support", got.GetProperty("status").GetString());
        Assert.Contains(most, got.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"surface":"checkout","exploration":1}""", "surface", "home, because_you_bought")]
    [InlineData("""{"surfce":"home","exploration":1}""", "surfce", "surface, variant")]
    public async Task A_surface_or_a_field_that_does_not_exist_is_refused_with_those_that_do(string body, string field, string remedy)
    {
        (int status, _, string answer) = await _world.SendAsync("POST", "/v1/estimates", body);

        JsonElement problem = World.Json(answer).GetProperty("problems")[0];
        Assert.Equal((400, field), (status, problem.GetProperty("field").GetString()));
        Assert.Contains(remedy, problem.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_the_exploration_there_is_room_for_is_estimated()
    {
        Log(4_000);

        Assert.Equal("ok", (await EstimateAsync("""{"exploration":3.3333333333333335}""")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Where_all_was_explored_nobody_knows_what_would_stand_there_otherwise(double factor)
    {
        _world.Places.AddRange(Enumerable.Range(0, 400).Select(i => new Sql.LoggedPlace(new UserId($"u{i}"), 1, new ProductId($"p{i % 10}"), true, 0.1, i % 7 == 0)));

        JsonElement got = await EstimateAsync($$"""{"exploration":{{factor}}}""");

        Assert.Equal("no_support", got.GetProperty("status").GetString());
        Assert.Contains("position 1", got.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal("ok", (await EstimateAsync("""{"exploration":1}""")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_table_within_the_log_is_estimated()
    {
        Log(4_000);

        JsonElement got = await EstimateAsync("""{"policy":[{"position":1,"product_id":"best","probability":1}]}""");

        Assert.Equal("ok", got.GetProperty("status").GetString());
        Assert.Equal(BaseClicks, got.GetProperty("doubly_robust").GetProperty("value").GetDouble(), 0.05);
    }

    [Theory]
    [InlineData("{}", "policy")]
    [InlineData("""{"exploration":-1}""", "exploration")]
    [InlineData("""{"exploration":1,"policy":[]}""", "policy")]
    [InlineData("""{"policy":[{"position":1,"product_id":"a","probability":0.4}]}""", "policy")]
    [InlineData("""{"policy":[{"position":1,"product_id":" ","probability":1}]}""", "policy[0]")]
    [InlineData("""{"exploration":1,"to":"0001-01-01T00:00:00Z"}""", "from")]
    [InlineData("""{"policy":[{"position":0,"product_id":"a","probability":1}]}""", "policy[0]")]
    [InlineData("""{"exploration":1,"from":"2026-01-05T00:00:00Z","to":"2026-01-01T00:00:00Z"}""", "from")]
    [InlineData("""{"exploration":1,"surface":3}""", "surface")]
    [InlineData("""{"exploration":1,"variant":"home-variety/varied"}""", "variant")]
    public async Task What_is_wrong_with_a_proposal_is_named(string body, string field)
    {
        (int status, _, string answer) = await _world.SendAsync("POST", "/v1/estimates", body);

        Assert.Equal(400, status);
        Assert.Contains($"\"field\":\"{field}\"", answer.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_slates_there_is_no_data()
    {
        JsonElement got = await EstimateAsync("""{"exploration":0}""");

        Assert.Equal("no_data", got.GetProperty("status").GetString());
    }

    // One position: the best product, but for a third of the time one of two others by chance.
    private void Log(int visitors)
    {
        SeededRandom random = new(3);
        for (int i = 0; i < visitors; i++)
        {
            bool isExplored = random.NextDouble() < Explored;
            bool isClicked = random.NextDouble() < (isExplored ? ExploredClicks : BaseClicks);
            string product = isExplored ? $"other{random.NextInt(2)}" : "best";
            _world.Places.Add(new(new UserId($"u{i}"), 1, new ProductId(product), isExplored, isExplored ? Explored / 2 : 1 - Explored, isClicked));
        }
    }

    private async Task<JsonElement> EstimateAsync(string body)
    {
        (int status, _, string answer) = await _world.SendAsync("POST", "/v1/estimates", body);
        Assert.True(status == 200, answer);
        return World.Json(answer);
    }
}
