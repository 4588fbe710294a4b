using Aisle.Numerics;
using Aisle.Testing;

namespace Aisle.IngestEvent.Tests.Faults;

/// <summary>A process that is killed at random points of a long ingest loses and doubles nothing. The default run kills a few times; the
/// whole proof runs when <c>AISLE_KILLS</c> and <c>AISLE_KILL_EVENTS</c> say how often and how much, such as 100 and 100000.</summary>
public sealed class KilledIngestTests
{
    private const int SampleKills = 5;
    private const int SampleEvents = 3_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task After_kill_minus_nine_every_acknowledged_event_is_there_once_and_the_features_are_right()
    {
        int events = Setting("AISLE_KILL_EVENTS", SampleEvents);
        ScriptRun run = new(events, NewPerBatch: events / 150, MaxWaiting: 2_000);
        return ProveAsync(Setting("AISLE_KILLS", SampleKills), run, TimeSpan.FromMilliseconds(events == SampleEvents ? 40 : 400));
    }

    private static async Task ProveAsync(int kills, ScriptRun run, TimeSpan maxGrace)
    {
        using TemporaryFolder folder = new();
        SeededRandom random = new(9);
        int next = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            // Lifetimes share what is left of the script at random; the last victim dies while it empties the
            // queue, with nothing left to send.
            int left = kills - kill;
            int lifetime = left == 1 ? run.Batches - next : Math.Min(run.Batches - next, 1 + random.NextInt(Math.Max(1, (2 * (run.Batches - next) / left) - 1)));
            TimeSpan grace = left == 1 ? TimeSpan.Zero : maxGrace * random.NextDouble();
            next = await Victim.KillAfterAsync(folder.Path, next, run, lifetime, grace, Token) + 1;
        }

        Assert.Equal(run.Batches, next);
        await Victim.FinishAsync(folder.Path, next, run, Token);

        await StoresHold.AssertAsync(folder.Path, run, Token);
    }

    private static int Setting(string name, int otherwise)
    {
#pragma warning disable RS0030 // a test has no options: who runs it sets the environment
        return int.TryParse(Environment.GetEnvironmentVariable(name), out int value) && value > 0 ? value : otherwise;
#pragma warning restore RS0030
    }
}
