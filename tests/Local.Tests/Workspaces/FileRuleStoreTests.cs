using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Testing;
using Aisle.Testing.Contracts;

namespace Aisle.Local.Tests.Workspaces;

public sealed class FileRuleStoreTests : RuleStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.Path, "rules.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_edit_by_hand_has_a_new_tag_and_refuses_the_old_one()
    {
        IRuleStore store = await CreateAsync();
        await store.TryWriteAsync("{}", null, Token);
        string before = (await store.ReadAsync(Token))!.Tag;

        await System.IO.File.WriteAllTextAsync(File, "\uFEFF{ \"rules\": [] }", Token);

        Versioned<string> after = (await store.ReadAsync(Token))!;
        Assert.Equal("{ \"rules\": [] }", after.Value);
        Assert.NotEqual(before, after.Tag);
        Assert.Null(await store.TryWriteAsync("{}", before, Token));
    }

    protected override Task<IRuleStore> CreateAsync() => Task.FromResult<IRuleStore>(new FileRuleStore(File));
}
