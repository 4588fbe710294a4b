using Aisle.Candidates.Shoppers;
using Aisle.Events;
using Aisle.Events.Features;

namespace Aisle.Tests.Candidates.Shoppers;

public sealed class ShopperHistoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly FeedbackScale Scale = new();

    [Fact]
    public void Weights_are_those_of_training_decayed_summed_and_damped()
    {
        ShopperHistory history = ShopperHistory.From(
            Profile(Act("e1", "cup", EventType.View, 10), Act("e2", "cup", EventType.Purchase, 0), Act("e3", "jug", EventType.Click, 1)), Scale, Now);

        Assert.Equal(["cup", "jug"], history.Touched.Select(touched => touched.Product.Value));
        Assert.Equal(Math.Log(1 + 5 + Math.Exp(-0.1)), history.Touched[0].Weight, 1e-6);
        Assert.Equal(Math.Log(1 + (2 * Math.Exp(-0.01))), history.Touched[1].Weight, 1e-6);
        Assert.Equal(EventType.Purchase, history.Touched[0].Strongest);
    }

    [Fact]
    public void What_is_older_than_the_window_or_lies_ahead_does_not_count() =>
        Assert.Equal(["new"], ShopperHistory.From(
            Profile(Act("e1", "old", EventType.View, 91), Act("e2", "new", EventType.View, 1), Act("e3", "ahead", EventType.View, -1)), Scale, Now)
            .Touched.Select(touched => touched.Product.Value));

    [Fact]
    public void A_product_that_only_the_distinct_list_remembers_counts_as_a_view()
    {
        ShopperProfile profile = Profile(Act("e1", "cup", EventType.View, 1)) with
        {
            DistinctProducts = [new(new ProductId("cup"), Now, new EventId("e1")), new(new ProductId("jug"), Now.AddDays(-2), new EventId("e0"))],
        };

        ShopperHistory history = ShopperHistory.From(profile, Scale, Now);

        Assert.Equal(2, history.Touched.Count);
        Assert.Equal(Math.Log(1 + Math.Exp(-0.02)), history.Touched[1].Weight, 1e-6);
    }

    [Fact]
    public void An_expired_document_says_nothing_but_the_cohort()
    {
        ShopperProfile profile = Profile(Act("e1", "cup", EventType.View, 1)) with { ExpiresAt = Now, Location = "DE" };

        ShopperHistory history = ShopperHistory.From(profile, Scale, Now);

        Assert.Empty(history.Touched);
        Assert.Equal("DE", history.Cohort.Location);
        Assert.Same(ShopperHistory.Empty, ShopperHistory.From(null, Scale, Now));
    }

    [Fact]
    public void One_shopper_cannot_say_more_than_the_cap() =>
        Assert.Equal(Scale.Cap, ShopperHistory.From(
            Profile([.. Enumerable.Range(0, 50).Select(i => Act($"e{i}", "cup", EventType.Purchase, 0))]), Scale, Now).Touched[0].Weight, 1e-6);

    private static RecentInteraction Act(string id, string product, EventType type, double daysAgo) =>
        new(new EventId(id), new ProductId(product), type, Now.AddDays(-daysAgo), null);

    private static ShopperProfile Profile(params RecentInteraction[] recent) =>
        new() { User = new UserId("u"), Recent = recent, NewestEventAt = Now, ExpiresAt = Now.AddDays(90) };
}
