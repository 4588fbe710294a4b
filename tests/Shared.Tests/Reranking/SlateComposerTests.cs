using Aisle.Numerics;
using Aisle.Reranking;
using CsCheck;

namespace Aisle.Tests.Reranking;

public sealed class SlateComposerTests
{
    private const int ItemCount = 60;
    private const int Trials = 40_000;

    /// <summary>Five standard errors of a frequency over <see cref="Trials"/> slates, at its widest.</summary>
    private const double Tolerance = 0.0125;

    private static readonly SlateComposer Composer = new(MaximalMarginalRelevanceTests.UnitRows(ItemCount, 2));

    private static readonly Gen<SlateInput> AnyInput =
        from limit in Gen.Int[1, 15]
        from candidates in Gen.Int[0, ItemCount - 1].List[0, 30]
        from pins in Gen.Select(Gen.Int[0, 20], Gen.Int[0, ItemCount - 1]).List[0, 4]
        from trending in Gen.Int[0, ItemCount - 1].List[0, 4]
        from pool in Gen.Int[0, ItemCount - 1].List[0, 6]
        from backFill in Gen.Int[0, ItemCount - 1].List[0, 30]
        select new SlateInput
        {
            Limit = limit,
            Candidates = [.. candidates.Select(Candidate)],
            Pins = [.. pins.Select(pin => new Pin(pin.Item1, Candidate(pin.Item2)))],
            Trending = [.. trending.Select(Candidate)],
            ExplorationPool = [.. pool.Select(item => new PoolEntry(Candidate(item), 1 + item))],
            BackFill = [.. backFill.Select(Candidate)],
            Interests = new ShopperInterests("c0", ["c1", "c2"], new HashSet<string> { "c0", "c1", "c2" }),
        };

    [Theory]
    [InlineData(SlatePolicy.MarginalRelevance)]
    [InlineData(SlatePolicy.Determinantal)]
    [InlineData(SlatePolicy.Slots)]
    public void A_slate_has_no_product_twice_nothing_foreign_and_as_many_as_there_can_be(SlatePolicy policy) =>
        Gen.Select(AnyInput, Gen.Double[0, 1], Gen.Double[0, 1], Gen.ULong).Sample((input, lambda, epsilon, seed) =>
        {
            IReadOnlyList<ComposedItem> slate = Composer.Compose(
                input, new ComposeOptions { Policy = policy, Lambda = lambda, Epsilon = epsilon }, new SeededRandom(seed));
            HashSet<int> certain = [.. input.Candidates.Concat(input.BackFill).Select(candidate => candidate.Item)];
            HashSet<int> allowed = [.. certain, .. input.Pins.Select(pin => pin.Candidate.Item), .. input.Trending.Select(t => t.Item),
                .. input.ExplorationPool.Select(entry => entry.Candidate.Item)];
            return slate.Count >= Math.Min(input.Limit, certain.Count) && slate.Count <= input.Limit
                && slate.Select(item => item.Item).Distinct().Count() == slate.Count
                && slate.All(item => allowed.Contains(item.Item) && item.Propensity is > 0 and <= 1);
        });

    [Theory]
    [InlineData(SlatePolicy.MarginalRelevance, 0.2)]
    [InlineData(SlatePolicy.Determinantal, 0.3)]
    [InlineData(SlatePolicy.Slots, 0.1)]
    public void Frequencies_over_many_requests_match_the_logged_propensities(SlatePolicy policy, double epsilon)
    {
        SlateInput input = Input(limit: 10, candidates: 14) with
        {
            ExplorationPool = [new(Candidate(50), 1), new(Candidate(51), 2), new(Candidate(52), 5)],
            Pins = [new Pin(2, Candidate(40))],
        };
        Dictionary<(int Position, int Item), (int Count, double Stated)> seen = [];
        for (int trial = 0; trial < Trials; trial++)
        {
            IReadOnlyList<ComposedItem> slate = Composer.Compose(
                input, new ComposeOptions { Policy = policy, Epsilon = epsilon }, SeededRandom.Derive(3, (ulong)trial));
            for (int position = 0; position < slate.Count; position++)
            {
                (int Position, int Item) key = (position, slate[position].Item);
                seen[key] = (seen.GetValueOrDefault(key).Count + 1, slate[position].Propensity);
            }
        }

        Assert.All(seen, entry => Assert.Equal(entry.Value.Stated, entry.Value.Count / (double)Trials, Tolerance));
        Assert.Contains(seen, entry => entry.Key.Item >= 50);
    }

    [Fact]
    public void Slots_go_to_what_they_are_reserved_for()
    {
        SlateInput input = Input(limit: 10, candidates: 30) with { Trending = [Candidate(45)], ExplorationPool = [new(Candidate(50), 1)] };

        IReadOnlyList<ComposedItem> slate = Composer.Compose(input, new ComposeOptions { Policy = SlatePolicy.Slots }, new SeededRandom(1));

        Assert.Equal([0, 6, 12, 18], slate.Take(4).Select(item => item.Item));
        Assert.All(slate.Take(4), item => Assert.Equal(SlotKind.Primary, item.Slot));
        Assert.Equal([1, 2, 7], slate.Skip(4).Take(3).Select(item => item.Item));
        Assert.Equal((45, SlotKind.Trending), (slate[7].Item, slate[7].Slot));
        Assert.Equal((50, SlotKind.Exploration, 1.0), (slate[8].Item, slate[8].Slot, slate[8].Propensity));
        Assert.Equal((3, SlotKind.Surprise), (slate[9].Item, slate[9].Slot));
        Assert.All(slate, item => Assert.Equal(1, item.Propensity));
    }

    [Fact]
    public void A_slot_that_runs_dry_goes_to_the_best_that_is_left()
    {
        SlateInput input = Input(limit: 10, candidates: 30) with { Interests = ShopperInterests.None };

        IReadOnlyList<ComposedItem> slate = Composer.Compose(input, new ComposeOptions { Policy = SlatePolicy.Slots, Epsilon = 0 }, new SeededRandom(1));

        Assert.Equal(Enumerable.Range(0, 10), slate.Select(item => item.Item));
        Assert.All(slate, item => Assert.Equal(SlotKind.Ranked, item.Slot));
    }

    [Fact]
    public void Pins_hold_their_positions_and_the_rest_flows_around_them()
    {
        SlateInput input = Input(limit: 5, candidates: 20) with { Pins = [new Pin(2, Candidate(40)), new Pin(2, Candidate(41)), new Pin(9, Candidate(42))] };

        IReadOnlyList<ComposedItem> slate = Composer.Compose(input, new ComposeOptions { Lambda = 1, Epsilon = 1 }, new SeededRandom(1));

        Assert.Equal((40, SlotKind.Pinned, 1.0), (slate[1].Item, slate[1].Slot, slate[1].Propensity));
        Assert.DoesNotContain(slate, item => item.Item is 41 or 42);
    }

    [Fact]
    public void Popularity_fills_up_what_candidates_leave_open()
    {
        SlateInput input = Input(limit: 5, candidates: 2) with { BackFill = [Candidate(1), Candidate(30), Candidate(31), Candidate(32)] };

        IReadOnlyList<ComposedItem> slate = Composer.Compose(input, new ComposeOptions { Lambda = 1, Epsilon = 0 }, new SeededRandom(1));

        Assert.Equal([0, 1, 30, 31, 32], slate.Select(item => item.Item));
        Assert.Equal([SlotKind.Ranked, SlotKind.Ranked, SlotKind.BackFill, SlotKind.BackFill, SlotKind.BackFill], slate.Select(item => item.Slot));
    }

    [Theory]
    [InlineData(SlatePolicy.MarginalRelevance)]
    [InlineData(SlatePolicy.Determinantal)]
    [InlineData(SlatePolicy.Slots)]
    public void Caps_hold_whatever_is_drawn_as_long_as_the_slate_can_be_filled(SlatePolicy policy) =>
        Gen.Select(Gen.Int[1, 3], Gen.Double[0, 1], Gen.ULong).Sample((most, epsilon, seed) =>
        {
            // Six categories and four brands: at most `most` of each leaves room for at least 4 positions.
            ComposeOptions options = new() { Policy = policy, Epsilon = epsilon, Caps = new SlateCaps(most, most) };
            SlateInput input = Input(limit: 4 * most, candidates: 48) with { ExplorationPool = [.. Enumerable.Range(48, 12).Select(item => new PoolEntry(Branded(item), 1))] };
            input = input with { Candidates = [.. input.Candidates.Select(candidate => Branded(candidate.Item))] };

            IReadOnlyList<ComposedItem> slate = Composer.Compose(input, options, new SeededRandom(seed));

            return slate.Count == 4 * most
                && slate.GroupBy(item => Branded(item.Item).Brand).All(group => group.Count() <= most)
                && slate.GroupBy(item => Branded(item.Item).Category).All(group => group.Count() <= most);
        });

    [Fact]
    public void Caps_give_way_rather_than_leave_a_slate_short()
    {
        SlateInput input = Input(limit: 4, candidates: 0) with { Candidates = [Candidate(0), Candidate(6), Candidate(12), Candidate(1), Candidate(18)] };

        IReadOnlyList<ComposedItem> slate = Composer.Compose(
            input, new ComposeOptions { Lambda = 1, Epsilon = 0, Caps = new SlateCaps(1, null) }, new SeededRandom(1));

        Assert.Equal([0, 1, 6, 12], slate.Select(item => item.Item));
    }

    [Fact]
    public void The_same_seed_gives_the_same_slate() =>
        Assert.Equal(
            Composer.Compose(Input(10, 40), new ComposeOptions { Epsilon = 0.5 }, new SeededRandom(7)),
            Composer.Compose(Input(10, 40), new ComposeOptions { Epsilon = 0.5 }, new SeededRandom(7)));

    /// <summary>Item i has category c(i mod 6) and a score that falls with i.</summary>
    private static SlateCandidate Candidate(int item) => new(item, 100 - item, $"c{item % 6}");

    private static SlateCandidate Branded(int item) => Candidate(item) with { Brand = $"b{item / 6 % 4}" };

    private static SlateInput Input(int limit, int candidates) => new()
    {
        Limit = limit,
        Candidates = [.. Enumerable.Range(0, candidates).Select(Candidate)],
        Interests = new ShopperInterests("c0", ["c1", "c2"], new HashSet<string> { "c0", "c1", "c2" }),
    };
}
