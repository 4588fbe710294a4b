using Aisle.Local.DemoShop.Chance;
using Aisle.Local.DemoShop.Shoppers;
using Aisle.Numerics;

namespace Aisle.Local.DemoShop.Visits;

/// <summary>When shoppers come: weekends and evenings more, the whole shop growing a little, each shopper after their own habit.</summary>
internal sealed class ShopCalendar
{
    private const int MaxVisitsPerDay = 24;
    private const double GrowthPerDay = 0.002;

    private static readonly double[] WeekdayWeights = [1.28, 0.94, 0.9, 0.92, 0.96, 1.0, 1.16];
    private static readonly double[] HourWeights =
        [0.5, 0.25, 0.15, 0.1, 0.1, 0.2, 0.5, 0.9, 1.1, 1.2, 1.3, 1.4, 1.6, 1.5, 1.3, 1.3, 1.4, 1.6, 1.9, 2.3, 2.6, 2.4, 1.7, 0.9];

    private readonly DemoShopOptions _options;
    private readonly Population _population;
    private readonly double[] _dayWeights;
    private readonly DateTimeOffset _firstDay;
    private double _rate;

    public ShopCalendar(DemoShopOptions options, Population population)
    {
        _options = options;
        _population = population;
        _firstDay = new DateTimeOffset(options.EndsAt.UtcDateTime.Date, TimeSpan.Zero).AddDays(1 - options.Days);
        _dayWeights = [.. Enumerable.Range(0, options.Days).Select(WeightOf)];
    }

    /// <summary>The midnight that a day begins with.</summary>
    public DateTimeOffset Midnight(int day) => _firstDay.AddDays(day);

    /// <summary>Sets how often shoppers come, so that the whole past has about as many events as asked for.</summary>
    /// <param name="eventsPerVisit">The mean number of events in a visit.</param>
    /// <remarks>O(shoppers); the expectation is exact, what is left is chance.</remarks>
    public void Calibrate(double eventsPerVisit)
    {
        double[] from = new double[_options.Days + 1];
        for (int day = _options.Days - 1; day >= 0; day--)
        {
            from[day] = from[day + 1] + _dayWeights[day];
        }

        double expected = 0;
        long firstVisits = 0;
        for (int shopper = 0; shopper < _options.Shoppers; shopper++)
        {
            int joined = _options.Days - 1 - _population.JoinedDaysBeforeEnd(shopper);
            firstVisits += joined >= 0 ? 1 : 0;
            expected += _population.ActivityOf(shopper) * from[Math.Max(joined, 0)];
        }

        _rate = Math.Max((_options.Events / eventsPerVisit) - firstVisits, 0) / expected;
    }

    /// <summary>The visits that begin on a day, ordered by time.</summary>
    public List<PlannedVisit> VisitsOf(int day)
    {
        List<PlannedVisit> visits = [];
        for (int shopper = 0; shopper < _options.Shoppers; shopper++)
        {
            int joined = _options.Days - 1 - _population.JoinedDaysBeforeEnd(shopper);
            if (joined <= day)
            {
                int count = Poisson(_rate * _population.ActivityOf(shopper) * _dayWeights[day], shopper, day) + (joined == day ? 1 : 0);
                Plan(visits, shopper, day, count);
            }
        }

        visits.Sort(static (a, b) => (a.StartsAt, a.Shopper, a.Ordinal).CompareTo((b.StartsAt, b.Shopper, b.Ordinal)));
        return visits;
    }

    private void Plan(List<PlannedVisit> visits, int shopper, int day, int count)
    {
        for (int ordinal = 0; ordinal < count; ordinal++)
        {
            SeededRandom random = Streams.Of(_options.Seed, StreamPurpose.Calendar, shopper, (((long)day + 1) << 8) + ordinal);
            int hour = Weighted.Pick(HourWeights, random.NextDouble());
            DateTimeOffset start = Midnight(day).AddHours(hour).AddMilliseconds(random.NextInt(3_600_000));
            if (start < _options.EndsAt)
            {
                visits.Add(new PlannedVisit(start, shopper, day, ordinal));
            }
        }
    }

    // By inversion, from a single number: most shoppers do not come on most days, and that must cost little.
    private int Poisson(double mean, int shopper, int day)
    {
        double u = Streams.Uniform(_options.Seed, StreamPurpose.Calendar, shopper, day - (1L << 40));
        double probability = Math.Exp(-mean);
        int count = 0;
        while (u >= probability && count < MaxVisitsPerDay)
        {
            u -= probability;
            count++;
            probability *= mean / count;
        }

        return count;
    }

    private double WeightOf(int day) =>
        WeekdayWeights[(int)Midnight(day).DayOfWeek] * (1 + (GrowthPerDay * day));
}
