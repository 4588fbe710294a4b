using System.Text.Json;
using Aisle.RetrainTrigger.Guard;
using Aisle.RetrainTrigger.Judging;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Tests;

public sealed class RetrainTriggerEndpointTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trigger_answers_with_the_run_its_steps_and_the_comparison()
    {
        await using World world = new();
        await world.FillAsync(Token);

        (int status, JsonElement run) = await world.SendAsync("POST", "/v1/retrain");

        Assert.Equal((200, "promoted"), (status, run.GetProperty("state").GetString()));
        Assert.Equal(StepNames.All, run.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()));
        JsonElement models = run.GetProperty("evaluation").GetProperty("models");
        Assert.Equal(HoldoutComparison.Models, models.EnumerateArray().Select(model => model.GetProperty("model").GetString()));
        Assert.All(models.EnumerateArray(), model => Assert.Equal(JsonValueKind.Number, model.GetProperty("ndcg").ValueKind));
    }

    [Fact]
    public async Task In_the_background_the_answer_comes_at_once_and_the_run_can_be_watched()
    {
        await using World world = new(runsInBackground: true);
        await world.FillAsync(Token);

        (int status, JsonElement run) = await world.SendAsync("POST", "/v1/retrain", "{}");
        string id = run.GetProperty("id").GetString()!;
        string state = "running";
        while (state == "running")
        {
            await Task.Delay(20, Token);
            state = (await world.SendAsync("GET", $"/v1/runs/{id}")).Body.GetProperty("state").GetString()!;
        }

        Assert.Equal((202, "promoted"), (status, state));
        Assert.Equal(1, (await world.SendAsync("GET", "/v1/runs")).Body.GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public async Task An_earlier_model_can_be_promoted_again()
    {
        await using World world = new();
        await world.FillAsync(Token);
        string first = (await world.SendAsync("POST", "/v1/retrain")).Body.GetProperty("model_version").GetString()!;
        world.Clock.Advance(TimeSpan.FromHours(1));
        string second = (await world.SendAsync("POST", "/v1/retrain", """{"force":true}""")).Body.GetProperty("model_version").GetString()!;

        (int status, JsonElement models) = await world.SendAsync("POST", $"/v1/models/{first}/promote");

        Assert.Equal(200, status);
        Assert.Equal(
            [(first, true), (second, false)],
            models.GetProperty("models").EnumerateArray().Select(model => (model.GetProperty("version").GetString()!, model.GetProperty("serves").GetBoolean())));
    }

    [Fact]
    public async Task The_guard_knows_the_models_age_and_raises_an_alert_when_it_is_stale()
    {
        await using World world = new();
        await world.FillAsync(Token);
        Assert.True((await world.SendAsync("POST", "/v1/guard")).Body.GetProperty("stale").GetBoolean());
        await world.SendAsync("POST", "/v1/retrain");

        JsonElement fresh = (await world.SendAsync("POST", "/v1/guard")).Body;
        Assert.False(fresh.GetProperty("stale").GetBoolean());
        Assert.True(world.Alerts.All[^1].IsRecovery); // from having no model at all

        world.Clock.Advance(TimeSpan.FromHours(37));
        JsonElement stale = (await world.SendAsync("POST", "/v1/guard")).Body;
        Assert.Equal(404, (await world.SendAsync("GET", "/v1/runs/guard-model_stale")).Status); // the memory of an alert is no run
        Assert.Equal(404, (await world.SendAsync("POST", "/v1/runs/guard-model_stale/cancel")).Status);
        Assert.True(stale.GetProperty("stale").GetBoolean());
        Assert.True(stale.GetProperty("model_age_s").GetDouble() > TimeSpan.FromHours(36).TotalSeconds);
        Assert.Equal([false, true, false], world.Alerts.All.Select(alert => alert.IsRecovery));
        Assert.All(world.Alerts.All, alert => Assert.Equal(FreshnessGuard.AlertKind, alert.Kind));
    }

    [Theory]
    [InlineData("/v1/retrain", "{\"forse\":true}", "forse")]
    [InlineData("/v1/retrain", "{\"Force\":true}", "Force")]
    [InlineData("/v1/retrain", "{\"if_changed\":true}", "if_changed")]
    [InlineData("/v1/retrain", "7", "body")]
    [InlineData("/v1/guard", "{\"stale_after_hours\":1}", "stale_after_hours")]
    [InlineData("/v1/features", "[]", "body")]
    [InlineData("/v1/drift", "{\"day\":\"2026-01-01\"}", "day")]
    [InlineData("/v1/models/rollback", "{\"to\":\"v1\"}", "to")]
    [InlineData("/v1/runs/r/cancel", "no json", "body")]
    public async Task A_body_that_nobody_reads_is_refused_with_its_field(string path, string body, string field)
    {
        await using World world = new();

        (int status, JsonElement problem) = await world.SendAsync("POST", path, body);

        JsonElement error = problem.GetProperty("problems")[0];
        Assert.Equal((400, field), (status, error.GetProperty("field").GetString()));
        Assert.NotEqual("", error.GetProperty("remedy").GetString());
        Assert.Equal(0, (await world.SendAsync("GET", "/v1/runs")).Body.GetProperty("runs").GetArrayLength());
    }

    [Theory]
    [InlineData("POST", "/v1/retrain", "[1]", 400)]
    [InlineData("POST", "/v1/retrain", "{\"force\":\"yes\"}", 400)]
    [InlineData("POST", "/v1/retrain", "{\"kind\":\"\\ud800\"}", 400)]
    [InlineData("POST", "/v1/retrain", "{", 400)]
    [InlineData("GET", "/v1/runs/none", null, 404)]
    [InlineData("GET", "/v1/models/.x/diff/y", null, 404)]
    [InlineData("POST", "/v1/models/none/promote", null, 404)]
    [InlineData("PUT", "/v1/retrain", null, 405)]
    public async Task What_cannot_be_done_is_a_problem_with_a_remedy(string method, string path, string? body, int status)
    {
        await using World world = new();

        (int got, JsonElement problem) = await world.SendAsync(method, path, body);

        Assert.Equal(status, got);
        Assert.StartsWith("urn:aisle:problem:", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
    }
}
