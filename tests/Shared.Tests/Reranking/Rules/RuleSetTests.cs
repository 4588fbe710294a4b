using System.Text;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Reranking.Rules;

namespace Aisle.Tests.Reranking.Rules;

public sealed class RuleSetTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RuleContext Home = new("home", Now, Location: "DE");
    private static readonly Product Mug = Named("mug", "Kitchen");
    private static readonly Product Jug = Named("jug", "Kitchen");
    private static readonly Product Rake = Named("rake", "Garden");

    [Fact]
    public void A_rule_holds_by_surface_audience_and_time()
    {
        MerchandisingRule rule = Block("r", "mug") with
        {
            Surfaces = ["home"],
            Audience = new RuleAudience(null, "DE", null),
            From = Now.AddDays(-1),
            Until = Now.AddDays(1),
        };

        Assert.True(rule.Holds(Home));
        Assert.False(rule.Holds(Home with { Surface = "cart" }));
        Assert.False(rule.Holds(Home with { Location = "FR" }));
        Assert.False(rule.Holds(Home with { Location = null }));
        Assert.False(rule.Holds(Home with { Now = Now.AddDays(-2) }));
        Assert.False(rule.Holds(Home with { Now = Now.AddDays(1) }));
        Assert.True(rule.Holds(Home with { Now = Now.AddDays(-1) }));
    }

    [Fact]
    public void A_match_narrows_with_each_part()
    {
        ProductMatch match = new() { Categories = ["Kitchen"], MaxPriceMinor = 500 };

        Assert.True(match.Matches(Mug));
        Assert.False(match.Matches(Rake));
        Assert.False(match.Matches(Mug with { PriceMinor = 501 }));
        Assert.False(match.Matches(Mug with { PriceMinor = null }));
        Assert.True(new ProductMatch().Matches(Rake));
        Assert.True(new ProductMatch().IsEverything);
        Assert.True(new ProductMatch { Tags = ["new"] }.Matches(Mug with { Tags = ["old", "new"] }));
    }

    [Fact]
    public void Boosts_and_buries_multiply_within_bounds()
    {
        ActiveRules rules = new RuleSet([Boost("b", 3, "mug"), Bury("a", 0.5, "mug"), Boost("c", 100, "jug"), Boost("d", 100, "jug")]).For(Home);
        List<string> fired = [];

        Assert.Equal(1.5, rules.FactorOf(Mug, fired));
        Assert.Equal(["a", "b"], fired);
        Assert.Equal(ActiveRules.FactorBounds.Most, rules.FactorOf(Jug, null));
        Assert.Equal(1, rules.FactorOf(Rake, null));
    }

    [Fact]
    public void A_block_wins_over_a_pin() =>
        Assert.Empty(new RuleSet([Pin("p", 1, "mug"), Block("b", "mug")]).For(Home).Pins(10, Find));

    [Fact]
    public void Of_two_pins_at_one_position_the_higher_priority_wins_then_the_first_id()
    {
        IReadOnlyList<RulePin> byPriority = new RuleSet([Pin("a", 1, "mug"), Pin("b", 1, "jug") with { Priority = 5 }]).For(Home).Pins(10, Find);
        IReadOnlyList<RulePin> byId = new RuleSet([Pin("b", 1, "jug"), Pin("a", 1, "mug")]).For(Home).Pins(10, Find);

        Assert.Equal([("b", Jug)], byPriority.Select(pin => (pin.RuleId, pin.Product)));
        Assert.Equal([("a", Mug)], byId.Select(pin => (pin.RuleId, pin.Product)));
    }

    [Fact]
    public void A_pin_takes_its_first_product_that_may_be_shown_and_none_is_pinned_twice()
    {
        IReadOnlyList<RulePin> pins = new RuleSet([Pin("a", 2, "gone", "mug"), Pin("b", 1, "mug", "jug"), Pin("c", 11, "rake")]).For(Home).Pins(10, Find);

        Assert.Equal([(1, "jug"), (2, "mug")], pins.Select(pin => (pin.Position, pin.Product.Id.Value)));
    }

    [Fact]
    public void Rules_survive_their_file()
    {
        RuleSet rules = new(
        [
            Pin("p", 3, "mug") with { Surfaces = ["home"], Audience = new RuleAudience("25-34", null, null), From = Now, Until = Now.AddDays(1), Priority = 2 },
            Boost("b", 1.5, "jug") with { Match = new ProductMatch { Categories = ["青"], Brands = ["x"], Tags = ["t"], MinPriceMinor = 1, MaxPriceMinor = 2 } },
        ]);

        byte[] written = RuleFile.Write(rules);
        RuleSet? read = RuleFile.Read(written, out IReadOnlyList<string> problems);

        Assert.Empty(problems);
        Assert.Equal(written, RuleFile.Write(read!));
        Assert.True(read!.Rules[1].Holds(new RuleContext("home", Now, AgeBracket: "25-34")));
    }

    [Theory]
    [InlineData("{", "$")]
    [InlineData("""{"rules":[{"id":"a","action":"pin","match":{},"colour":"red"}]}""", "colour")]
    [InlineData("""{"rules":[{"id":"a","action":"shout","match":{}}]}""", "rules[0].action")]
    [InlineData("""{"rules":[{"action":"pin","match":{}}]}""", "rules[0].id")]
    [InlineData("""{"rules":[{"id":"a","match":{}}]}""", "rules[0].action")]
    [InlineData("""{"rules":[{"id":"a","action":"pin"}]}""", "rules[0].match")]
    [InlineData("""{"rules":[{"id":"a","action":"pin","match":{"products":[" "]}}]}""", "rules[0].match.products")]
    [InlineData("""{"rules":[{"id":"a","action":"boost","match":{},"factor":"much"}]}""", "rules[0].factor")]
    public void A_bad_file_is_refused_whole_with_the_place(string json, string place)
    {
        Assert.Null(RuleFile.Read(Encoding.UTF8.GetBytes(json), out IReadOnlyList<string> problems));
        Assert.Contains(problems, problem => problem.Contains(place, StringComparison.Ordinal));
    }

    private static Product? Find(ProductId id) => new[] { Mug, Jug, Rake }.FirstOrDefault(product => product.Id == id);

    private static Product Named(string id, string category) => new() { Id = new ProductId(id), Category = category, PriceMinor = 400, Currency = "EUR" };

    private static MerchandisingRule Rule(string id, RuleAction action, string[] products) =>
        new() { Id = id, Action = action, Match = new ProductMatch { Products = [.. products.Select(product => new ProductId(product))] } };

    private static MerchandisingRule Block(string id, params string[] products) => Rule(id, RuleAction.Block, products);

    private static MerchandisingRule Pin(string id, int position, params string[] products) => Rule(id, RuleAction.Pin, products) with { Position = position };

    private static MerchandisingRule Boost(string id, double factor, params string[] products) => Rule(id, RuleAction.Boost, products) with { Factor = factor };

    private static MerchandisingRule Bury(string id, double factor, params string[] products) => Rule(id, RuleAction.Bury, products) with { Factor = factor };
}
