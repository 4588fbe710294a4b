using System.Text.Json;
using Aisle.AbReport.Requests;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Privacy;
using Aisle.Testing;

namespace Aisle.AbReport.Tests;

public sealed class ExperimentRequestTests
{
    private const string Times = "\"starts_at\":\"2026-01-01T00:00:00Z\",\"ends_at\":\"2026-02-01T00:00:00Z\"";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Weights_divide_all_buckets_in_proportion()
    {
        World world = new();

        (int status, _, string body) = await world.SendAsync("POST", "/v1/experiments", Body("three", "",
            "{\"name\":\"control\",\"weight\":1},{\"name\":\"a\",\"weight\":1},{\"name\":\"b\",\"weight\":1}"));

        Assert.Equal(201, status);
        Assert.Equal(
            [(0, 3333), (3333, 6667), (6667, 10_000)],
            World.Json(body).GetProperty("variants").EnumerateArray()
                .Select(variant => (variant.GetProperty("from_bucket").GetInt32(), variant.GetProperty("to_bucket").GetInt32())));
    }

    [Theory]
    [InlineData("0"), InlineData("-1"), InlineData("1e999"), InlineData("\"half\"")]
    public async Task A_weight_that_is_no_positive_number_is_refused_with_the_remedy(string weight)
    {
        (int status, _, string body) = await new World().SendAsync("POST", "/v1/experiments", Body("odd", "",
            $"{{\"name\":\"control\",\"weight\":1}},{{\"name\":\"a\",\"weight\":{weight}}}"));

        Assert.Equal(400, status);
        Assert.Contains("positive weight", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Experiments_of_one_layer_cannot_own_the_same_bucket_at_the_same_time()
    {
        World world = new();
        Assert.Equal(201, (await world.SendAsync("POST", "/v1/experiments", Body("first", "\"layer\":\"home\",", Halves(0, 2_000)))).Status);

        (int clash, _, string body) = await world.SendAsync("POST", "/v1/experiments", Body("second", "\"layer\":\"home\",", Halves(1_000, 3_000)));
        (int free, _, _) = await world.SendAsync("POST", "/v1/experiments", Body("third", "\"layer\":\"home\",", Halves(2_000, 4_000)));
        (int other, _, _) = await world.SendAsync("POST", "/v1/experiments", Body("fourth", "\"layer\":\"cart\",", Halves(0, 2_000)));

        Assert.Equal((400, 201, 201), (clash, free, other));
        Assert.Contains("overlaps the experiment", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"layer\":\"home\",")]
    [InlineData("\"state\":\"stopped\",\"stopped_at\":\"2026-01-20T00:00:00Z\",\"assigned_elsewhere\":true,")]
    [InlineData("\"stopped_at\":null,\"assigned_elsewhere\":false,")]
    public async Task What_is_shown_of_an_experiment_makes_another_one_like_it_under_another_key(string further)
    {
        World world = new();
        await world.SendAsync("POST", "/v1/experiments", Body("first", further, Halves(0, 2_000)));
        string shown = (await world.SendAsync("GET", "/v1/experiments/first", null)).Body;
        string stopped = (await world.SendAsync("PATCH", "/v1/experiments/first", "{\"state\":\"stopped\"}")).Body;

        (int made, _, string copy) = await world.SendAsync("POST", "/v1/experiments", shown.Replace("\"first\"", "\"second\"", StringComparison.Ordinal));
        (int changed, _, _) = await world.SendAsync("PATCH", "/v1/experiments/first", stopped);

        Assert.Equal((201, 200), (made, changed));
        Assert.Equal(shown.Replace("\"first\"", "\"second\"", StringComparison.Ordinal), copy);
    }

    [Theory]
    [InlineData("\"stopped_at\":\"2026-01-20T00:00:00Z\",", "stopped_at")]
    [InlineData("\"state\":\"stopped\",\"stopped_at\":\"soon\",", "stopped_at")]
    [InlineData("\"state\":\"stopped\",\"stopped_at\":\"2025-12-01T00:00:00Z\",", "stopped_at")]
    [InlineData("\"assigned_elsewhere\":true,", "assigned_elsewhere")]
    [InlineData("\"layer\":\"home\",\"salt\":\"cart\",", "salt")]
    public async Task What_contradicts_the_rest_is_refused_and_says_what_sets_it(string further, string field)
    {
        (int status, _, string body) = await new World().SendAsync("POST", "/v1/experiments", Body("odd", further, Halves(0, 2_000)));

        Assert.Equal(400, status);
        JsonElement problem = Assert.Single(World.Json(body).GetProperty("problems").EnumerateArray());
        Assert.Equal(field, problem.GetProperty("field").GetString());
        Assert.StartsWith("Leave it out", problem.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Experiments_of_one_layer_share_the_layers_salt()
    {
        Experiment read = Read(Body("first", "\"layer\":\"home\",", Halves(0, 2_000)));

        Assert.Equal("home", read.Salt);
    }

    [Fact]
    public void An_override_names_a_variant_for_a_visitor_by_the_shops_own_id()
    {
        Experiment read = Read(Body("first", "\"overrides\":{\"tester@example.org\":\"b\"},", Halves(0, 10_000)));

        AssignmentId tester = new Pseudonymizer(new byte[32]).AssignmentOf("tester@example.org");
        Assert.Equal("b", Assignment.VariantOf(read, tester)?.Name);
        Assert.Equal([tester.Value], read.Overrides.Keys);
    }

    [Fact]
    public async Task An_override_of_an_unknown_variant_is_refused_and_names_the_known_ones()
    {
        World world = new();
        await world.RunningForAsync(20, Token);

        (int status, _, string body) = await world.SendAsync("PATCH", "/v1/experiments/home", "{\"overrides\":{\"tester\":\"c\"}}");

        Assert.Equal(400, status);
        Assert.Contains("control, varied", body, StringComparison.Ordinal);
    }

    private static string Halves(int from, int to) =>
        $"{{\"name\":\"a\",\"from_bucket\":{from},\"to_bucket\":{(from + to) / 2}}},{{\"name\":\"b\",\"from_bucket\":{(from + to) / 2},\"to_bucket\":{to}}}";

    private static string Body(string key, string more, string variants) => $"{{\"key\":\"{key}\",{more}{Times},\"variants\":[{variants}]}}";

    private static Experiment Read(string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        ExperimentRequest request = new(new Pseudonymizer(new byte[32]), Some.Instant);
        Experiment? read = request.ReadNew(document.RootElement);
        Assert.Empty(request.Problems);
        return read!;
    }
}
