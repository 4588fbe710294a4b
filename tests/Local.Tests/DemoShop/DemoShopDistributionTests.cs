using Aisle.Events;
using Aisle.Local.DemoShop;
using Aisle.Local.DemoShop.Visits;

namespace Aisle.Local.Tests.DemoShop;

/// <summary>What the shop of the default size looks like in numbers, and that its experiment is worth looking at.</summary>
public sealed class DemoShopDistributionTests(DemoShopDistributionTests.DefaultShop shop) : IClassFixture<DemoShopDistributionTests.DefaultShop>
{
    [Fact]
    public void All_eight_types_occur_in_believable_shares()
    {
        Assert.Equal(Enum.GetValues<EventType>().Order(), shop.Events.Select(e => e.Type).Distinct().Order());
        Assert.InRange(Share(EventType.Impression), 0.25, 0.4);
        Assert.InRange(Share(EventType.View), 0.2, 0.35);
        Assert.InRange(Share(EventType.Purchase), 0.01, 0.05);
        Assert.InRange(Share(EventType.Refund) / Share(EventType.Purchase), 0.03, 0.1);
    }

    [Fact]
    public void The_number_of_events_is_about_what_was_asked_for() => Assert.InRange(shop.Events.Count, 190_000, 210_000);

    [Fact]
    public void Popularity_is_unequal_as_in_real_shops()
    {
        int[] counts = [.. shop.Events.Where(e => e.Type == EventType.View).CountBy(e => e.Product!.Value).Select(pair => pair.Value).Order()];

        Assert.InRange(Gini(counts), 0.5, 0.8);
    }

    [Fact]
    public void Weekends_are_busier_than_the_middle_of_the_week()
    {
        double sunday = Mean(DayOfWeek.Sunday);

        Assert.True(sunday > 1.15 * Mean(DayOfWeek.Tuesday));
    }

    [Fact]
    public void There_are_shoppers_for_each_tier_of_cold_start()
    {
        Dictionary<string, int> distinct = shop.Events.Where(e => e.Type.IsInteraction())
            .GroupBy(e => e.Shopper).ToDictionary(group => group.Key, group => group.Select(e => e.Product).Distinct().Count());

        Assert.True(distinct.Count < 4_900);
        Assert.True(distinct.Values.Count(n => n is 1 or 2) > 300);
        Assert.True(distinct.Values.Count(n => n is >= 3 and <= 5) > 300);
        Assert.True(distinct.Values.Count(n => n >= 6) > 1_500);
    }

    [Fact]
    public void Each_slate_was_logged_with_the_impressions_that_point_to_it()
    {
        string[] logged = [.. shop.Slates.Select(slate => slate.Id.Value)];
        string[] seen = [.. shop.Events.Where(e => e.Type == EventType.Impression).Select(e => e.Slate!).Distinct()];

        Assert.Equal(logged.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_planted_effect_on_clicks_is_detectable_at_this_size()
    {
        (double control, long controlSeen) = ClickThrough(DemoExperiment.Control);
        (double treatment, long treatmentSeen) = ClickThrough(DemoExperiment.Treatment);
        double pooled = (control + treatment) / 2;
        double error = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / controlSeen) + (1.0 / treatmentSeen)));

        Assert.True((treatment - control) / error > 3, $"{control:P2} against {treatment:P2}");
    }

    [Fact]
    public void The_experiment_leaves_revenue_per_shopper_open()
    {
        double[] control = [.. RevenuePerShopper(DemoExperiment.Control)];
        double[] treatment = [.. RevenuePerShopper(DemoExperiment.Treatment)];
        double error = Math.Sqrt((Variance(control) / control.Length) + (Variance(treatment) / treatment.Length));

        Assert.True(Math.Abs(treatment.Average() - control.Average()) / error < 1.96);
    }

    private double Share(EventType type) => shop.Events.Count(e => e.Type == type) / (double)shop.Events.Count;

    private double Mean(DayOfWeek day) => shop.Events
        .Where(e => e.OccurredAt.DayOfWeek == day).CountBy(e => e.OccurredAt.Date).Average(pair => pair.Value);

    private (double Rate, long Impressions) ClickThrough(string variant)
    {
        DemoEvent[] inside = [.. shop.Events.Where(e => e.Slate is not null && Inside(e) && DefaultShop.VariantOf(e.Shopper) == variant)];
        long impressions = inside.Count(e => e.Type == EventType.Impression);
        return (inside.Count(e => e.Type == EventType.Click) / (double)impressions, impressions);
    }

    private IEnumerable<double> RevenuePerShopper(string variant)
    {
        Dictionary<string, double> revenue = shop.Events.Where(e => e.Type == EventType.Purchase && Inside(e))
            .GroupBy(e => e.Shopper).ToDictionary(group => group.Key, group => group.Sum(e => e.UnitPriceMinor!.Value * (double)e.Quantity!.Value));
        return shop.Exposed.Where(shopper => DefaultShop.VariantOf(shopper) == variant).Select(shopper => revenue.GetValueOrDefault(shopper));
    }

    private bool Inside(DemoEvent happened) => happened.OccurredAt >= shop.ExperimentStartsAt;

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }

    private static double Gini(int[] ascending)
    {
        double weighted = ascending.Select((count, i) => (i + 1.0) * count).Sum();
        double n = ascending.Length;
        return (2 * weighted / (n * ascending.Sum())) - ((n + 1) / n);
    }

    /// <summary>The shop of the default size, read once for all tests.</summary>
    public sealed class DefaultShop
    {
        public DefaultShop()
        {
            DemoShopOptions options = new() { EndsAt = new DateTimeOffset(2026, 1, 15, 14, 30, 0, TimeSpan.Zero) };
            SeededDemoShop shop = new(options, VariantOf);
            ExperimentStartsAt = shop.Experiment.StartsAt;
            foreach (DemoMoment moment in shop.Moments())
            {
                Keep(moment);
            }
        }

        public DateTimeOffset ExperimentStartsAt { get; }

        public List<DemoEvent> Events { get; } = [];

        public List<DemoSlate> Slates { get; } = [];

        public HashSet<string> Exposed { get; } = [];

        /// <summary>Even and odd numbers: a test needs no hash to halve the shoppers.</summary>
        public static string VariantOf(string shopper) =>
            (shopper[^1] - '0') % 2 == 0 ? DemoExperiment.Control : DemoExperiment.Treatment;

        private void Keep(DemoMoment moment)
        {
            switch (moment)
            {
                case DemoMoment.Happened happened:
                    Events.Add(happened.Content);
                    break;
                case DemoMoment.SlateShown shown:
                    Slates.Add(shown.Content);
                    break;
                case DemoMoment.Exposed exposed:
                    Exposed.Add(exposed.Shopper.Id);
                    break;
                default:
                    throw new InvalidOperationException(moment.ToString());
            }
        }
    }
}
