using System.Collections.Concurrent;
using System.Text.Json;
using Aisle.Events;

namespace Aisle.ScoreUser.Tests;

/// <summary>Models are swapped while shoppers ask: every answer is whole and comes of one model.</summary>
public sealed class SwapTests
{
    private const int Askers = 8;
    private const int Swaps = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_fails_or_is_degraded_while_models_are_swapped()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.View, 1, 3, 5, 7, 9, 11, 13);
        ConcurrentDictionary<string, int> answers = [];
        using CancellationTokenSource swapped = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task[] askers = [.. Enumerable.Range(0, Askers).Select(_ => Task.Run(() => AskAsync(world, answers, swapped.Token), Token))];
        await AnswersAsync("v1");
        for (int swap = 2; swap <= Swaps; swap++)
        {
            await world.PublishAsync($"v{swap}");
            await world.State.RefreshModelAsync(Token);
            await AnswersAsync($"v{swap}");
        }

        await swapped.CancelAsync();
        await Task.WhenAll(askers);

        Assert.Equal(Swaps, answers.Count);

        async Task AnswersAsync(string version)
        {
            while (!answers.ContainsKey(version) && !askers.Any(asker => asker.IsCompleted))
            {
                await Task.Delay(1, Token);
            }
        }
    }

    private static async Task AskAsync(World world, ConcurrentDictionary<string, int> answers, CancellationToken swapped)
    {
        while (!swapped.IsCancellationRequested)
        {
            (int status, JsonElement slate) = await world.GetAsync("?user_id=cook");
            Assert.Equal((200, 10, 0), (status, slate.GetProperty("items").GetArrayLength(), slate.GetProperty("degradations").GetArrayLength()));
            await Task.Yield(); // stores in memory answer at once, and askers must not keep all threads to themselves
            answers.AddOrUpdate(slate.GetProperty("model_version").GetString()!, 1, (_, count) => count + 1);
        }
    }
}
