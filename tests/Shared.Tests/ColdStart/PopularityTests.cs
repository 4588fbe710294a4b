using Aisle.ColdStart;
using Aisle.Feedback;
using CsCheck;

namespace Aisle.Tests.ColdStart;

public sealed class PopularityTests
{
    private static readonly Cohort YoungMobile = new("18-24", "DE", "mobile");
    private static readonly Cohort OldDesktop = new("55-64", "DE", "desktop");

    [Fact]
    public void Popularity_counts_shoppers_not_weights_and_is_damped()
    {
        PopularityTable table = Count([(0, 0, 100), (1, 1, 1), (2, 1, 1), (3, 1, 1)], users: 4, items: 3, cohorts: new Cohort?[4]);

        Assert.Equal([1, 0, 2], table.Ranking);
        Assert.Equal([1, 3, 0], Enumerable.Range(0, 3).Select(table.ShoppersOf));
        Assert.Equal(1, table.Damped(1));
        Assert.Equal(Math.Log(2) / Math.Log(4), table.Damped(0), 1e-6);
        Assert.Equal(0, table.Damped(2));
    }

    [Fact]
    public void A_cohort_has_its_own_ranking()
    {
        PopularityTable table = Count([(0, 0, 1), (1, 0, 1), (2, 1, 1), (3, 1, 1), (4, 1, 1)], 5, 2, [YoungMobile, YoungMobile, OldDesktop, OldDesktop, OldDesktop]);

        Assert.Equal([0, 1], table.Top(YoungMobile, 2, among: null).Select(entry => entry.Index));
        Assert.Equal([1, 0], table.Top(OldDesktop, 2, among: null).Select(entry => entry.Index));
        Assert.Equal([1, 0], table.Top(null, 2, among: null).Select(entry => entry.Index));
    }

    [Fact]
    public void A_cohort_under_the_floor_is_never_used_and_a_coarser_one_answers()
    {
        PopularityTable table = Count(
            [(0, 0, 1), (1, 1, 1), (2, 1, 1)], 3, 2, [YoungMobile, YoungMobile with { DeviceType = "desktop" }, YoungMobile with { DeviceType = "desktop" }]);

        Assert.Equal(new Cohort("18-24", "DE", null), table.FinestFor(YoungMobile)!.Cohort);
        Assert.All(table.Cohorts, cohort => Assert.True(cohort.ShopperCount >= 2));
        Assert.Null(table.FinestFor(new Cohort("99", "XX", "tv")));
    }

    [Fact]
    public void Cohorts_grow_coarser_by_device_then_location_then_age() =>
        Assert.Equal(
            [YoungMobile, new("18-24", "DE", null), new("18-24", null, "mobile"), new(null, "DE", "mobile"), new("18-24", null, null), new(null, "DE", null), new(null, null, "mobile")],
            YoungMobile.FromFineToCoarse());

    [Fact]
    public void Shoppers_who_did_nothing_do_not_make_a_cohort_large()
    {
        PopularityTable table = Count([(0, 0, 1)], 3, 1, [YoungMobile, YoungMobile, YoungMobile]);

        Assert.Empty(table.Cohorts);
    }

    [Fact]
    public void A_top_list_has_falling_scores_no_item_twice_and_all_that_is_allowed() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 30], Gen.Select(Gen.Int[0, 9], Gen.Int[0, 7]).List[0, 40]).Sample((items, count, pairs) =>
        {
            (int, int, float)[] rows = [.. pairs.Where(pair => pair.Item2 < items).Select(pair => (pair.Item1, pair.Item2, 1f))];
            PopularityTable table = Count(rows, 10, items, [.. Enumerable.Range(0, 10).Select(user => user < 5 ? YoungMobile : OldDesktop)]);
            var top = table.Top(YoungMobile, count, item => item != 0);

            return top.Count == Math.Min(count, items - 1)
                && top.Select(entry => entry.Index).Distinct().Count() == top.Count
                && top.Zip(top.Skip(1)).All(pair => pair.First.Score >= pair.Second.Score)
                && top.All(entry => entry.Index != 0 && entry.Score is >= 0 and <= 1);
        });

    [Fact]
    public void A_product_trends_when_it_beats_its_own_past_not_when_the_whole_shop_grows()
    {
        PopularityOptions options = new() { TrendShrinkage = 0, TrendFloor = 1 };

        // The shop doubled: 40 against 20. Items 0 and 1 doubled with it; item 2 did four times as well; item 3 fell.
        var trending = Trending.Rank([10, 10, 16, 4], [5, 5, 4, 6], options);

        Assert.Equal([2], trending.Select(entry => entry.Index));
        Assert.Equal(2, trending[0].Score, 1e-6);
    }

    [Fact]
    public void Two_shoppers_are_no_trend() => Assert.Empty(Trending.Rank([2, 50], [0, 100], new PopularityOptions()));

    [Fact]
    public void Without_a_past_nothing_trends() => Assert.Empty(Trending.Rank([9, 9], [0, 0], new PopularityOptions()));

    private static PopularityTable Count((int User, int Item, float Weight)[] rows, int users, int items, Cohort?[] cohorts)
    {
        InteractionMatrixBuilder builder = new(users, items);
        foreach ((int user, int item, float weight) in rows)
        {
            builder.Add(user, item, weight);
        }

        return PopularityCounter.Count(builder.Build(), cohorts, new PopularityOptions { CohortFloor = 2 });
    }
}
