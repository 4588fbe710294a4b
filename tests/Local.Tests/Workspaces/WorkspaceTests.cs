using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Testing;
using Aisle.Testing.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Local.Tests.Workspaces;

public sealed class WorkspaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_one_owner_holds_a_workspace_at_a_time()
    {
        using (Workspace? first = Workspace.TryOpen(_folder.Path))
        {
            Assert.NotNull(first);
            Assert.Null(Workspace.TryOpen(_folder.Path));
        }

        using Workspace? next = Workspace.TryOpen(_folder.Path);
        Assert.NotNull(next);
    }

    [Fact]
    public void What_was_saved_is_known_after_opening_anew()
    {
        WorkspaceInfo info = new() { AsOf = Some.Instant, Currency = "GBP", FilledBy = "uci-online-retail" };
        using (Workspace workspace = Workspace.TryOpen(_folder.Path)!)
        {
            workspace.Save(info);
        }

        using Workspace opened = Workspace.TryOpen(_folder.Path)!;
        Assert.Equal(info, opened.Info);
    }

    [Fact]
    public void A_damaged_description_is_named()
    {
        File.WriteAllText(_folder.File("workspace.json"), "{");

        Assert.Contains("workspace.json", Assert.Throws<InvalidDataException>(() => Workspace.TryOpen(_folder.Path)).Message);
    }

    [Fact]
    public void An_as_of_clock_starts_there_and_moves_on()
    {
        FakeTimeProvider wall = new(Some.Instant.AddYears(15));
        WorkspaceClock clock = new(wall, Some.Instant);
        wall.Advance(TimeSpan.FromHours(2));

        Assert.Equal(Some.Instant.AddHours(2), clock.GetUtcNow());
        clock.MoveTo(null);
        Assert.Equal(wall.GetUtcNow(), clock.GetUtcNow());
    }
}

public sealed class FileModelStoreTests : ModelStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("../evil")]
    [InlineData("")]
    [InlineData(".hidden")]
    public async Task A_version_that_would_leave_the_folder_is_refused(string version) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await (await CreateAsync()).OpenAsync(version, TestContext.Current.CancellationToken));

    protected override Task<IModelStore> CreateAsync() => Task.FromResult<IModelStore>(new FileModelStore(_folder.File("models")));
}
