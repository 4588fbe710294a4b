using Aisle.Host.State;

namespace Aisle.Host.Tests.State;

public sealed class StateLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void One_at_a_time_has_the_stores_and_giving_back_frees_them()
    {
        using (StateLock? first = StateLock.TryTake(_folder.State))
        {
            Assert.NotNull(first);
            Assert.Null(StateLock.TryTake(_folder.State));
        }

        using StateLock? again = StateLock.TryTake(_folder.State);
        Assert.NotNull(again);
    }

    [Fact]
    public void A_host_is_found_by_what_it_announced_until_it_withdraws()
    {
        RunningHost.Announce(_folder.State, "http://localhost:5080");
        Assert.Equal("http://localhost:5080", RunningHost.Read(_folder.State)!.Url);

        RunningHost.Withdraw(_folder.State);
        Assert.Null(RunningHost.Read(_folder.State));
    }

    [Fact]
    public void A_damaged_announcement_counts_as_none()
    {
        File.WriteAllText(_folder.State.HostFile, "{");

        Assert.Null(RunningHost.Read(_folder.State));
    }

    public void Dispose() => _folder.Dispose();
}
