using System.Text.Json;
using Aisle.Ports;
using Aisle.ScoreUser.Rules;

namespace Aisle.ScoreUser.Tests;

public sealed class RuleChangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_answer_has_the_tag_of_its_own_change_though_another_follows_at_once()
    {
        using World world = await World.ServingAsync();
        RuleDesk desk = new(world.Rules, world.Catalogue, world.State, world.Clock);
        world.Rules.AfterWrite = async () =>
        {
            world.Rules.AfterWrite = null;
            Versioned<string> first = (await world.Rules.ReadAsync(Token))!;
            await world.Rules.TryWriteAsync(Pin("p009"), first.Tag, Token);
        };

        (RuleSheet mine, bool isConflict) = await desk.WriteAsync("""{"rules":[]}""", null, Token);
        (_, bool isOverwriting) = await desk.WriteAsync("""{"rules":[]}""", mine.Tag, Token);

        Assert.False(isConflict);
        Assert.True(isOverwriting);
        Assert.Equal(Pin("p009"), (await world.Rules.ReadAsync(Token))!.Value);
    }

    [Fact]
    public async Task Of_two_changes_of_one_tag_the_second_is_refused()
    {
        using World world = await World.ServingAsync();
        RuleDesk desk = new(world.Rules, world.Catalogue, world.State, world.Clock);
        string tag = (await desk.WriteAsync("""{"rules":[]}""", null, Token)).Sheet.Tag!;

        bool[] refused = [.. (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => desk.WriteAsync("""{"rules":[]}""", tag, Token)))).Select(change => change.IsConflict)];

        Assert.Single(refused, false);
    }

    [Fact]
    public async Task A_change_holds_though_an_older_read_ends_after_it()
    {
        using World world = await World.ServingAsync();
        await world.PutRulesAsync(Pin("p007"));
        TaskCompletionSource waiting = new();
        world.Rules.AfterRead = () => waiting.Task;
        Task old = world.State.RefreshRulesAsync(Token);
        world.Rules.AfterRead = null;
        await world.PutRulesAsync(Pin("p009"));

        waiting.SetResult();
        await old;

        JsonElement first = (await world.GetAsync("?limit=1")).Body.GetProperty("items")[0];
        Assert.Equal("p009", first.GetProperty("product_id").GetString());
    }

    private static string Pin(string product) => $$"""{"rules":[{"id":"hero","action":"pin","match":{"products":["{{product}}"]},"position":1}]}""";
}
