using Aisle.Catalogue;
using Aisle.Experiments;
using Aisle.Local.DemoShop.Chance;
using Aisle.Local.DemoShop.Products;
using Aisle.Local.DemoShop.Shoppers;
using Aisle.Local.DemoShop.Visits;
using Aisle.Numerics;

namespace Aisle.Local.DemoShop;

/// <summary>A simulated shop: shoppers with personas, styles, favourite makers and price bands browse a catalogue whose words tell only
/// part of that. Popularity follows power laws, and weekday, hour, season and novelty move it.</summary>
/// <remarks>Everything is made from the seed when it is read: memory does not grow with the number of events, shoppers or products,
/// but for the visits of one day and the refunds of two weeks.</remarks>
public sealed class SeededDemoShop : IDemoShop
{
    private const int CalibrationVisits = 3_000;

    private readonly DemoWorld _world;
    private readonly ShopCalendar _calendar;

    /// <summary>Sets the shop up; nothing has happened in it until it is read.</summary>
    /// <param name="options">Sizes and seed.</param>
    /// <param name="variantOf">The variant of <see cref="Experiment"/> that the real assignment gives a shopper, by
    /// the shop's own id; null outside it.</param>
    /// <exception cref="ArgumentException">The options have problems; see <see cref="DemoShopOptions.Problems"/>.</exception>
    public SeededDemoShop(DemoShopOptions options, Func<string, string?> variantOf)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(variantOf);
        if (options.Problems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(" ", problems), nameof(options));
        }

        DemoCatalogue catalogue = new(options, DemoVocabulary.Load());
        Population population = new(options, catalogue);
        Browser browser = new(options, catalogue, population);
        _world = new DemoWorld(options, catalogue, population, browser, DemoExperiment.At(options.EndsAt), variantOf);
        _calendar = new ShopCalendar(options, population);
        _calendar.Calibrate(EventsPerVisit());
    }

    /// <inheritdoc/>
    public Experiment Experiment => _world.Experiment;

    /// <inheritdoc/>
    public IEnumerable<Product> Products() => Enumerable.Range(0, _world.Options.Products).Select(_world.Catalogue.At);

    /// <inheritdoc/>
    public IEnumerable<DemoShopper> Shoppers() => Enumerable.Range(0, _world.Options.Shoppers).Select(i => _world.Population.At(i).Known);

    /// <inheritdoc/>
    public IEnumerable<DemoMoment> Moments()
    {
        PriorityQueue<DemoMoment, (DateTimeOffset At, long Order)> ahead = new();
        long order = 0;
        for (int day = 0; day < _world.Options.Days; day++)
        {
            foreach (PlannedVisit planned in _calendar.VisitsOf(day))
            {
                while (ahead.TryPeek(out _, out (DateTimeOffset At, long Order) next) && next.At < planned.StartsAt)
                {
                    yield return ahead.Dequeue();
                }

                foreach (DemoMoment moment in new Visit(_world, planned).Play())
                {
                    ahead.Enqueue(moment, (moment.At, order++));
                }
            }
        }

        while (ahead.TryDequeue(out DemoMoment? moment, out _) && moment.At < _world.Options.EndsAt)
        {
            yield return moment;
        }
    }

    /// <summary>The visits of the last days, in the order in which they begin, to be played with slates that somebody else makes.</summary>
    /// <param name="start">The first instant that counts, a midnight within the recorded past.</param>
    public IEnumerable<LiveVisit> VisitsFrom(DateTimeOffset start) =>
        from day in Enumerable.Range(0, _world.Options.Days)
        where _calendar.Midnight(day) >= start
        from planned in _calendar.VisitsOf(day)
        select new LiveVisit(_world, planned);

    // The mean over visits of shoppers drawn as they come: often the active ones.
    private double EventsPerVisit()
    {
        SeededRandom random = Streams.Of(_world.Options.Seed, StreamPurpose.Calendar, -1);
        long events = 0;
        for (int i = 0; i < CalibrationVisits; i++)
        {
            int day = random.NextInt(_world.Options.Days);
            PlannedVisit planned = new(_calendar.Midnight(day).AddHours(12), random.NextInt(_world.Options.Shoppers), day, i & 0x7F);
            events += new Visit(_world, planned).Play().Count(moment => moment is DemoMoment.Happened);
        }

        return (double)events / CalibrationVisits;
    }
}
