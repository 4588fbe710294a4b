using Aisle.Candidates;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Testing;

namespace Aisle.Tests.Candidates;

public sealed class ReorderIntervalsTests
{
    private static readonly Product Coffee = new() { Id = new ProductId("coffee"), Category = "Grocery", Subcategory = "Coffee" };
    private static readonly Product Oven = new() { Id = new ProductId("oven"), Category = "Kitchen" };

    [Fact]
    public void The_interval_is_the_median_gap_between_purchases_of_one_product_by_one_shopper()
    {
        // Twenty gaps: ten of 14 days, nine of 28, one of 90; the median lies between the tenth (14) and the eleventh (28).
        int[] gaps = [.. Enumerable.Repeat(14, 10), .. Enumerable.Repeat(28, 9), 90];

        ReorderIntervals learnt = Learn(gaps.SelectMany((days, user) => Bought($"u{user}", Coffee, 0, days)));

        Assert.Equal(TimeSpan.FromDays(21), learnt.Of("Coffee"));
        Assert.Equal(TimeSpan.FromDays(21), learnt.Of("Grocery"));
        Assert.Null(learnt.Of("Kitchen"));
    }

    [Fact]
    public void Too_few_repeats_teach_nothing()
    {
        Assert.Null(Learn(Enumerable.Range(0, ReorderIntervals.LeastRepeats - 1).SelectMany(user => Bought($"u{user}", Oven, 0, 30))).Of("Kitchen"));
        Assert.NotNull(Learn(Enumerable.Range(0, ReorderIntervals.LeastRepeats).SelectMany(user => Bought($"u{user}", Oven, 0, 30))).Of("Kitchen"));
    }

    [Fact]
    public void Lines_of_one_day_are_one_purchase_and_other_shoppers_are_others()
    {
        IEnumerable<(UserId, ProductId, DateTimeOffset)> sameDay = Enumerable.Range(0, 40).SelectMany(user => Bought($"u{user}", Coffee, 0, 0.5));
        IEnumerable<(UserId, ProductId, DateTimeOffset)> strangers = Enumerable.Range(0, 80).SelectMany(user => Bought($"v{user}", Coffee, user));

        Assert.Empty(Learn(sameDay).Days);
        Assert.Empty(Learn(strangers).Days);
    }

    private static ReorderIntervals Learn(IEnumerable<(UserId, ProductId, DateTimeOffset)> purchases) =>
        ReorderIntervals.Learn(purchases, id => id == Coffee.Id ? Coffee : id == Oven.Id ? Oven : null);

    private static IEnumerable<(UserId, ProductId, DateTimeOffset)> Bought(string user, Product product, params double[] days) =>
        days.Select(day => (new UserId(user), product.Id, Some.Instant.AddDays(day)));
}
