using Aisle.Testing;

namespace Aisle.IngestEvent.Tests.Faults;

/// <summary>The whole path on a disk that fills up: queue, warehouse and state alike.</summary>
public sealed class FullDiskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_full_disk_the_sender_is_told_and_once_there_is_space_nothing_acknowledged_is_missing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell with ulimit, to make the kernel refuse writes; run it on Linux or macOS.");
        using TemporaryFolder folder = new();
        ScriptRun run = new(Events: 6_000, NewPerBatch: 100, MaxWaiting: int.MaxValue);

        (int Batch, string Why)? refused = await Victim.RunOnSmallDiskAsync(folder.Path, 0, run, maxKibibytes: 1_200, Token);

        Assert.NotNull(refused);
        Assert.Matches("free some space|check the space", refused.Value.Why);
        Assert.InRange(refused.Value.Batch, 1, run.Batches - 1);
        await Victim.FinishAsync(folder.Path, refused.Value.Batch, run, Token);
        await StoresHold.AssertAsync(folder.Path, run, Token);
    }
}
