using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Reranking.Rules;

namespace Aisle.Tests.Reranking.Rules;

/// <summary>Each planted fault is found, and nothing else is.</summary>
public sealed class RuleLinterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Four kitchen products of which k3 is out of stock, and two garden products.</summary>
    private static readonly Product[] Shop =
    [
        .. Enumerable.Range(0, 4).Select(i => new Product { Id = new ProductId($"k{i}"), Category = "Kitchen", Brand = i < 2 ? "Acme" : "Bolt", PriceMinor = 100 * i, Currency = "EUR", InStock = i != 3 }),
        .. Enumerable.Range(0, 2).Select(i => new Product { Id = new ProductId($"g{i}"), Category = "Garden", PriceMinor = 900, Currency = "EUR", Tags = ["outdoor"] }),
    ];

    private static readonly MerchandisingRule[] Clean =
    [
        Pin("pin-1", 1, "k0"),
        Pin("pin-2", 2, "k1") with { Surfaces = ["home"] },
        Pin("pin-2-cart", 2, "k2") with { Surfaces = ["cart"] },
        Pin("pin-3-de", 3, "g0") with { Audience = new RuleAudience(null, "DE", null) },
        Pin("pin-3-fr", 3, "g1") with { Audience = new RuleAudience(null, "FR", null) },
        Pin("pin-4-march", 4, "g0") with { Until = Now.AddDays(31) },
        Pin("pin-4-april", 4, "g0") with { From = Now.AddDays(31) },
        Boost("boost-garden", 1.5) with { Match = new ProductMatch { Categories = ["Garden"] } },
        Bury("bury-bolt", 0.5) with { Match = new ProductMatch { Brands = ["Bolt"] } },
        Block("block-k3", "k3"),
        Block("block-dear-in-cart") with { Match = new ProductMatch { MinPriceMinor = 500 }, Surfaces = ["cart"] },
    ];

    public static TheoryData<string, RuleProblem, MerchandisingRule[]> Planted { get; } = new()
    {
        { "two rules of one name", RuleProblem.DuplicateId, [Block("x", "k0"), Block("x", "k1")] },
        { "a pin without a position", RuleProblem.BadPosition, [Pin("x", 1, "k0") with { Position = null }] },
        { "a pin at position 0", RuleProblem.BadPosition, [Pin("x", 0, "k0")] },
        { "a pin at a negative position", RuleProblem.BadPosition, [Pin("x", -3, "k0")] },
        { "a boost with a position", RuleProblem.BadPosition, [Boost("x", 2, "k0") with { Position = 1 }] },
        { "a pin below the longest slate", RuleProblem.PinOutOfReach, [Pin("x", 101, "k0")] },
        { "a pin without a product", RuleProblem.PinWithoutProduct, [Pin("x", 1) with { Match = new ProductMatch { Categories = ["Garden"] } }] },
        { "a boost that lowers", RuleProblem.BadFactor, [Boost("x", 0.5, "k0")] },
        { "a boost by 1", RuleProblem.BadFactor, [Boost("x", 1, "k0")] },
        { "a boost without a factor", RuleProblem.BadFactor, [Boost("x", 2, "k0") with { Factor = null }] },
        { "a boost beyond the bound", RuleProblem.BadFactor, [Boost("x", 1000, "k0")] },
        { "a boost that is no number", RuleProblem.BadFactor, [Boost("x", double.NaN, "k0")] },
        { "a bury that raises", RuleProblem.BadFactor, [Bury("x", 2, "k0")] },
        { "a bury by a negative number", RuleProblem.BadFactor, [Bury("x", -1, "k0")] },
        { "a block with a factor", RuleProblem.BadFactor, [Block("x", "k0") with { Factor = 2 }] },
        { "an end before the beginning", RuleProblem.EmptyPeriod, [Block("x", "k0") with { From = Now.AddDays(2), Until = Now.AddDays(1) }] },
        { "an end at the beginning", RuleProblem.EmptyPeriod, [Block("x", "k0") with { From = Now.AddDays(2), Until = Now.AddDays(2) }] },
        { "a campaign that is over", RuleProblem.Expired, [Boost("x", 2, "k0") with { Until = Now.AddDays(-1) }] },
        { "a campaign that ends now", RuleProblem.Expired, [Boost("x", 2, "k0") with { Until = Now }] },
        { "a surface that is not", RuleProblem.UnknownSurface, [Block("x", "k0") with { Surfaces = ["hoem"] }] },
        { "a product that is not", RuleProblem.UnknownProduct, [Boost("x", 2, "k0", "k99")] },
        { "a brand that is not", RuleProblem.MatchesNothing, [Boost("x", 2) with { Match = new ProductMatch { Brands = ["Acmee"] } }] },
        { "conditions that exclude each other", RuleProblem.MatchesNothing, [Boost("x", 2) with { Match = new ProductMatch { Categories = ["Garden"], MaxPriceMinor = 100 } }] },
        { "two pins at one position", RuleProblem.PinClash, [Pin("x", 1, "k0"), Pin("y", 1, "k1")] },
        { "two pins whose surfaces overlap", RuleProblem.PinClash, [Pin("x", 1, "k0") with { Surfaces = ["home", "cart"] }, Pin("y", 1, "k1") with { Surfaces = ["cart"] }] },
        { "two pins whose audiences overlap", RuleProblem.PinClash,
            [Pin("x", 1, "k0") with { Audience = new RuleAudience("25-34", null, null) }, Pin("y", 1, "k1") with { Audience = new RuleAudience(null, "DE", null) }] },
        { "two pins whose times overlap", RuleProblem.PinClash, [Pin("x", 1, "k0") with { Until = Now.AddDays(3) }, Pin("y", 1, "k1") with { From = Now.AddDays(2) }] },
        { "a pin of a blocked product", RuleProblem.Blocked, [Pin("x", 1, "k0"), Block("y", "k0")] },
        { "a boost of what two blocks cover", RuleProblem.Blocked,
            [Boost("x", 2, "g0", "g1"), Block("y", "g0"), Block("z", "g1")] },
        { "a boost on a surface where all of it is blocked", RuleProblem.Blocked, [Boost("x", 2, "k0") with { Surfaces = ["cart"] }, Block("y", "k0") with { Surfaces = ["home", "cart"] }] },
        { "a pin of what cannot be bought", RuleProblem.OutOfStock, [Pin("x", 1, "k3")] },
        { "a boost of what cannot be bought", RuleProblem.OutOfStock, [Boost("x", 2, "k3")] },
        { "a block of everything", RuleProblem.EmptiesSurface, [Block("x") with { Match = new ProductMatch(), Surfaces = ["new"] }] },
        { "blocks that leave nothing in stock", RuleProblem.EmptiesSurface,
            [Block("x", "k0", "k1", "k2") with { Surfaces = ["cart"] }, Block("y") with { Match = new ProductMatch { Tags = ["outdoor"] }, Surfaces = ["cart"] }] },
        { "a boost against a bury", RuleProblem.BoostAgainstBury, [Boost("x", 2, "k0", "k1"), Bury("y", 0.5) with { Match = new ProductMatch { Brands = ["Acme"] } }] },
    };

    [Theory, MemberData(nameof(Planted))]
    public void A_planted_fault_is_found_and_no_other_is_invented(string fault, RuleProblem expected, MerchandisingRule[] rules)
    {
        IReadOnlyList<RuleFinding> findings = Lint(rules);

        Assert.True(findings.Count == 1 && findings[0].Problem == expected, $"{fault}: "
            + $"{string.Join("; ", findings.Select(finding => $"{finding.Problem} {finding.Message}"))}");
        Assert.Equal("x", findings[0].RuleIds.Order().First());
        Assert.EndsWith(".", findings[0].Message);
    }

    [Fact]
    public void A_clean_set_has_no_findings() => Assert.Empty(Lint(Clean));

    [Fact]
    public void All_planted_faults_are_found_among_clean_rules()
    {
        foreach ((_, RuleProblem expected, MerchandisingRule[] rules) in Planted.Select(row => row.Data))
        {
            Assert.Contains(Lint([.. Clean, .. rules]), finding => finding.Problem == expected);
        }
    }

    [Fact]
    public void The_loser_of_a_clash_is_named_first() =>
        Assert.Equal(["a", "b"], Lint([Pin("a", 1, "k0"), Pin("b", 1, "k1") with { Priority = 1 }])[0].RuleIds);

    [Fact]
    public void No_rules_have_no_findings() => Assert.Empty(Lint([]));

    [Fact]
    public void Blocks_that_leave_one_kind_of_shopper_nothing_are_found()
    {
        RuleAudience german = new(null, "DE", null);
        MerchandisingRule[] rules =
        [
            Block("kitchen") with { Match = new ProductMatch { Categories = ["Kitchen"] }, Surfaces = ["home"] },
            Block("garden-de") with { Match = new ProductMatch { Categories = ["Garden"] }, Surfaces = ["home"], Audience = german },
        ];

        RuleFinding finding = Assert.Single(Lint(rules), finding => finding.Problem == RuleProblem.EmptiesSurface);

        Assert.Equal(["garden-de", "kitchen"], finding.RuleIds);
        Assert.Contains("audience", finding.Message, StringComparison.Ordinal);
        Assert.True(finding.IsError);
    }

    [Fact]
    public void The_calendar_and_repeat_purchases_are_checked_too()
    {
        RuleSet rules = new([])
        {
            Bursts =
            [
                new Burst(Now.AddDays(-2), Now.AddDays(-1), 0.3, null),
                new Burst(Now.AddDays(1), Now.AddDays(3), 0.3, null),
                new Burst(Now.AddDays(2), Now.AddDays(4), 0.3, null),
                new Burst(Now.AddDays(4), Now.AddDays(5), 0.3, null),
            ],
            RepeatPurchases = [new RepeatPurchase("Kitchen", null), new RepeatPurchase("Cofee", null), new RepeatPurchase("Kitchen", TimeSpan.Zero)],
        };

        IReadOnlyList<RuleFinding> findings = new RuleLinter(Shop, new LintOptions()).Check(rules, Now);

        Assert.Equal(
            [
                (RuleProblem.ExpiredBurst, "bursts[0]"), (RuleProblem.OverlappingBursts, "bursts[2]"), (RuleProblem.UselessRepeatPurchase, "repeat_purchases[1]"),
                (RuleProblem.UselessRepeatPurchase, "repeat_purchases[2]"),
            ],
            findings.Select(finding => (finding.Problem, finding.RuleIds[0])));
        Assert.All(findings, finding => Assert.False(finding.IsError));
    }

    private static IReadOnlyList<RuleFinding> Lint(MerchandisingRule[] rules) => new RuleLinter(Shop, new LintOptions()).Check(rules, Now);

    private static MerchandisingRule Rule(string id, RuleAction action, string[] products) =>
        new() { Id = id, Action = action, Match = new ProductMatch { Products = [.. products.Select(product => new ProductId(product))] } };

    private static MerchandisingRule Block(string id, params string[] products) => Rule(id, RuleAction.Block, products);

    private static MerchandisingRule Pin(string id, int position, params string[] products) => Rule(id, RuleAction.Pin, products) with { Position = position };

    private static MerchandisingRule Boost(string id, double factor, params string[] products) => Rule(id, RuleAction.Boost, products) with { Factor = factor };

    private static MerchandisingRule Bury(string id, double factor, params string[] products) => Rule(id, RuleAction.Bury, products) with { Factor = factor };
}
