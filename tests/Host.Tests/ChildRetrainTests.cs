using System.Text.Json;
using Aisle.Host.Training;
using Aisle.Http;

namespace Aisle.Host.Tests;

/// <summary>A serving host trains in a child process and goes on answering.</summary>
[Collection(ShopTests.Name)]
public sealed class ChildRetrainTests(ShopFixture shop)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_retrain_beside_a_serving_host_ends_while_every_request_is_answered()
    {
        (int status, _, JsonElement begun) = await shop.AskAsync(ApiRole.Operator, HttpMethod.Post, "v1/retrain", """{"force":true}""", Token);
        Assert.Equal(202, status);
        string id = begun.GetProperty("id").GetString()!;
        bool hadSnapshot = false;
        JsonElement run;
        do
        {
            (int answer, _, _) = await shop.AskAsync(ApiRole.Storefront, HttpMethod.Get, "v1/recommendations?user_id=shopper-00001", null, Token);
            Assert.Equal(200, answer);
            hadSnapshot |= File.Exists(Path.Combine(shop.Folder, "runs", id, ChildRetrainer.Snapshot));
            (_, _, run) = await shop.AskAsync(ApiRole.Operator, HttpMethod.Get, $"v1/runs/{id}", null, Token);
        }
        while (run.GetProperty("state").GetString() == "running");

        Assert.True(run.GetProperty("state").GetString() is "promoted" or "refused", run.GetRawText());
        Assert.True(hadSnapshot, "The run did not go through a child process.");
        Assert.All(run.GetProperty("steps").EnumerateArray().TakeWhile(step => step.GetProperty("name").GetString() != "gate"), step => Assert.Equal(JsonValueKind.String, step.GetProperty("input_digest").ValueKind));
    }

    [Fact]
    public async Task A_cancelled_retrain_leaves_the_serving_model_and_no_files()
    {
        string before = await ServingAsync();
        (_, _, JsonElement begun) = await shop.AskAsync(ApiRole.Operator, HttpMethod.Post, "v1/retrain", """{"force":true}""", Token);
        string id = begun.GetProperty("id").GetString()!;

        CommandLine cancelled = await CommandLine.RunAsync(Token, "runs", "cancel", id, "--data", shop.Folder);
        CommandLine shown = await CommandLine.RunAsync(Token, "runs", "show", id, "--data", shop.Folder);
        CommandLine watched = await CommandLine.RunAsync(Token, "retrain", "--content", "--data", shop.Folder);

        Assert.Equal((0, "cancelled"), (cancelled.ExitCode, cancelled.Output.Contains("cancelled", StringComparison.Ordinal) ? "cancelled" : cancelled.Error));
        Assert.Contains("Somebody cancelled it", shown.Output, StringComparison.Ordinal);
        Assert.Contains("content-", watched.Output, StringComparison.Ordinal); // it waits until the worker of the cancelled run has stopped
        Assert.False(Directory.Exists(Path.Combine(shop.Folder, "runs", id)));
        Assert.NotEqual(begun.GetProperty("model_version").GetString(), await ServingAsync());
        Assert.Contains(before, (await CommandLine.RunAsync(Token, "models", "list", "--data", shop.Folder)).Output, StringComparison.Ordinal);
    }

    private async Task<string> ServingAsync()
    {
        (_, _, JsonElement models) = await shop.AskAsync(ApiRole.Operator, HttpMethod.Get, "v1/models", null, Token);
        return models.GetProperty("models").EnumerateArray().First(model => model.GetProperty("serves").GetBoolean()).GetProperty("version").GetString()!;
    }
}
