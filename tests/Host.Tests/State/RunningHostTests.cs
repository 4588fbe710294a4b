using Aisle.Host.State;
using Aisle.Local.Workspaces;
using Aisle.Testing;

namespace Aisle.Host.Tests.State;

public sealed class RunningHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_host_is_found_by_what_it_announced_until_it_withdraws()
    {
        using Workspace workspace = Workspace.TryOpen(_folder.Path)!;
        RunningHost.Announce(workspace, "http://localhost:5080");
        Assert.Equal("http://localhost:5080", RunningHost.Read(_folder.Path)!.Url);

        RunningHost.Withdraw(workspace);
        Assert.Null(RunningHost.Read(_folder.Path));
    }

    [Fact]
    public void A_damaged_announcement_counts_as_none()
    {
        File.WriteAllText(Workspace.HostFileOf(_folder.Path), "{");

        Assert.Null(RunningHost.Read(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();
}
