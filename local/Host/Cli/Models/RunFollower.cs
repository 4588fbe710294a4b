using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Models;

/// <summary>Triggers a retrain and shows how it goes, step by step, wherever it runs.</summary>
internal sealed class RunFollower(ShopConnection shop, Screen screen)
{
    private const int Whole = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Triggers a retrain, follows it to the end, and prints the comparison and the outcome.</summary>
    /// <param name="isForced">Whether a run that has ended today is followed by another.</param>
    /// <param name="cancellationToken">Stops following; the run goes on in a running host.</param>
    /// <returns>Whether the model serves.</returns>
    public Task<bool> RetrainAsync(bool isForced, CancellationToken cancellationToken) => TriggerAsync(isForced ? """{"force":true}""" : null, cancellationToken);

    /// <summary>The same for a run that embeds the catalogue anew.</summary>
    /// <param name="cancellationToken">Stops following; the run goes on in a running host.</param>
    /// <returns>Whether the model serves.</returns>
    public Task<bool> RefreshContentAsync(CancellationToken cancellationToken) => TriggerAsync("""{"kind":"content"}""", cancellationToken);

    /// <summary>Follows a run to its end and prints how it came out.</summary>
    public async Task WatchAsync(string id, CancellationToken cancellationToken)
    {
        await screen.ProgressAsync((bars, token) => FollowAsync(id, bars, token), cancellationToken);
        using JsonDocument run = await shop.AskAsync(HttpMethod.Get, $"v1/runs/{Uri.EscapeDataString(id)}", null, cancellationToken);
        RunView.Print(screen, run.RootElement);
    }

    private async Task<bool> TriggerAsync(string? body, CancellationToken cancellationToken)
    {
        using JsonDocument trigger = await shop.AskAsync(HttpMethod.Post, "v1/retrain", body, cancellationToken);
        string id = trigger.RootElement.GetProperty("id").GetString()!;
        if (State(trigger.RootElement) is "promoted" or "refused")
        {
            screen.Line($"The run {id} has ended already; use --force for another one today.");
        }
        else
        {
            await screen.ProgressAsync((bars, token) => FollowAsync(id, bars, token), cancellationToken);
        }

        using JsonDocument run = await shop.AskAsync(HttpMethod.Get, $"v1/runs/{id}", null, cancellationToken);
        ComparisonView.Print(screen, run.RootElement);
        screen.Line($"Run {id}: {State(run.RootElement)}. "
            + $"{string.Join(' ', run.RootElement.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()))}");
        return State(run.RootElement) == "promoted";
    }

    private async Task FollowAsync(string id, ProgressBars bars, CancellationToken cancellationToken)
    {
        Dictionary<string, (Action<int> Bar, int Shown)> shown = [];
        TimeLeft left;
        using (JsonDocument runs = await shop.AskAsync(HttpMethod.Get, "v1/runs", null, cancellationToken))
        {
            left = TimeLeft.By(runs.RootElement.GetProperty("runs"), id);
        }

        Action<int, string> whole = bars.AddDescribed($"run {id}", Whole);
        int wholeShown = 0;
        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using JsonDocument run = await shop.AskAsync(HttpMethod.Get, $"v1/runs/{Uri.EscapeDataString(id)}", null, cancellationToken);
            int done = Math.Max(wholeShown, (int)(Whole * left.Done(run.RootElement)));
            whole(done - wholeShown, left.Words(run.RootElement, TimeProvider.System.GetElapsedTime(started)));
            wholeShown = done;
            foreach (JsonElement step in run.RootElement.GetProperty("steps").EnumerateArray().Where(step => step.GetProperty("state").GetString() != "pending"))
            {
                Show(step, bars, shown);
            }

            if (State(run.RootElement) != "running")
            {
                return;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static void Show(JsonElement step, ProgressBars bars, Dictionary<string, (Action<int> Bar, int Shown)> shown)
    {
        string name = step.GetProperty("name").GetString()!;
        (Action<int> bar, int before) = shown.TryGetValue(name, out (Action<int>, int) known) ? known : (bars.Add(name, Whole), 0);
        int now = step.GetProperty("state").GetString() == "done" ? Whole : (int)(step.GetProperty("progress").GetDouble() * Whole);
        if (now > before)
        {
            bar(now - before);
        }

        shown[name] = (bar, Math.Max(now, before));
    }

    private static string State(JsonElement run) => run.GetProperty("state").GetString() ?? "";
}
