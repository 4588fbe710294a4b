using Aisle.Host.Cli;
using Aisle.Host.State;
using Aisle.Http;
using Aisle.Local.Workspaces;
using Aisle.Testing;
using Microsoft.AspNetCore.Http;

namespace Aisle.Host.Tests.State;

public sealed class KeyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_first_start_makes_two_keys_for_each_role_and_later_ones_keep_them()
    {
        KeyFile first = KeyFile.LoadOrCreate(_folder.Path);
        KeyFile second = KeyFile.LoadOrCreate(_folder.Path);

        Assert.Equal(8, first.ApiKeys.Values.SelectMany(keys => keys).Distinct().Count());
        Assert.All(first.ApiKeys.Values, keys => Assert.Equal(2, keys.Length));
        Assert.Equal(first.PseudonymBytes(), second.PseudonymBytes());
        Assert.Equal(first.KeyOf(ApiRole.Operator), second.KeyOf(ApiRole.Operator));
        Assert.Equal(32, first.PseudonymBytes().Length);
    }

    [Fact]
    public void Keys_that_are_gone_from_a_shop_are_not_made_anew()
    {
        using (Workspace workspace = Workspace.TryOpen(_folder.Path)!)
        {
            workspace.Save(workspace.Info);
        }

        UsageException refused = Assert.Throws<UsageException>(() => KeyFile.LoadOrCreate(_folder.Path));

        Assert.Contains("is gone", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Workspace.KeysFileOf(_folder.Path)));
    }

    [Fact]
    public void Only_the_owner_may_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes; run on Linux or macOS.");
            return;
        }

        KeyFile.LoadOrCreate(_folder.Path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Workspace.KeysFileOf(_folder.Path)));
    }

    [Fact]
    public void The_keys_open_their_own_role_and_no_other()
    {
        KeyFile keys = KeyFile.LoadOrCreate(_folder.Path);
        DefaultHttpContext request = new();
        request.Request.Headers["X-Api-Key"] = keys.KeyOf(ApiRole.Storefront);

        Assert.True(keys.ToApiKeys().Allows(ApiRole.Storefront, request.Request));
        Assert.False(keys.ToApiKeys().Allows(ApiRole.Collector, request.Request));
    }

    [Fact]
    public void A_damaged_file_is_said_to_be_damaged_and_never_replaced()
    {
        File.WriteAllText(Workspace.KeysFileOf(_folder.Path), "{ not json");

        Assert.Throws<UsageException>(() => KeyFile.LoadOrCreate(_folder.Path));
        Assert.Equal("{ not json", File.ReadAllText(Workspace.KeysFileOf(_folder.Path)));
    }

    public void Dispose() => _folder.Dispose();
}
