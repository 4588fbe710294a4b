using Aisle.Host.Cli;
using Aisle.Host.Cli.Serving;
using Aisle.Host.Output;
using Aisle.Host.Serving;
using Aisle.Host.State;
using Aisle.Http;
using Aisle.Local.Workspaces;
using Aisle.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Host.Tests.Cli;

public sealed class WelcomeTests
{
    [Fact]
    public async Task The_keys_of_a_shop_of_ones_own_are_not_printed_but_their_file_is_named()
    {
        using TemporaryFolder folder = new();
        await using LocalShop shop = LocalShop.Open(OwnedWorkspace.TryOpen(folder.Path)!);
        using StringWriter output = new();

        Welcome.Print(Screen.Plain(output, TextWriter.Null), shop, "http://localhost:5080");

        KeyFile keys = shop.Services.GetRequiredService<KeyFile>();
        Assert.All(keys.ApiKeys.Values.SelectMany(role => role), key => Assert.DoesNotContain(key, output.ToString(), StringComparison.Ordinal));
        Assert.Contains(Workspace.KeysFileOf(shop.Workspace.Folder), output.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(keys.KeyOf(ApiRole.Storefront));
    }
}
