using System.Globalization;
using Aisle.Local.DemoShop.Chance;
using Aisle.Local.DemoShop.Products;
using Aisle.Numerics;

namespace Aisle.Local.DemoShop.Shoppers;

/// <summary>The shoppers of a demo shop, each made from their number when asked for.</summary>
internal sealed class Population
{
    private const int PersonaCount = 24;
    private const double NewShare = 0.3;
    private const double MaxActivity = 15;

    private static readonly string[] AgeBrackets = ["18-24", "25-34", "35-44", "45-54", "55-64", "65+"];
    private static readonly double[] AgeShares = [0.14, 0.27, 0.23, 0.17, 0.12, 0.07];
    private static readonly string[] Locations = ["DE", "FR", "NL", "AT", "ES", "SE"];
    private static readonly double[] LocationShares = [0.38, 0.2, 0.14, 0.12, 0.1, 0.06];
    private static readonly string[] Devices = ["mobile", "desktop", "tablet"];

    private readonly DemoShopOptions _options;
    private readonly Persona[] _personas;
    private readonly int _shelves;
    private readonly DateOnly _lastDay;
    private readonly string _idFormat;

    public Population(DemoShopOptions options, DemoCatalogue catalogue)
    {
        _options = options;
        _shelves = catalogue.Shelves.Count;
        _personas = [.. Enumerable.Range(0, PersonaCount).Select(i => DrawPersona(i, catalogue))];
        _lastDay = DateOnly.FromDateTime(options.EndsAt.UtcDateTime);
        _idFormat = "D" + Math.Max(5, options.Shoppers.ToString(CultureInfo.InvariantCulture).Length);
    }

    /// <summary>How many days before the last one the shopper first came; at least the length of the past for
    /// those who were there before it.</summary>
    public int JoinedDaysBeforeEnd(int shopper)
    {
        double u = Streams.Uniform(_options.Seed, StreamPurpose.Shopper, shopper, 1);
        return u < NewShare ? (int)(u / NewShare * _options.Days) : _options.Days + (int)((u - NewShare) / (1 - NewShare) * 700);
    }

    /// <summary>How often the shopper comes compared with others: a power law, capped.</summary>
    /// <remarks>A Pareto distribution with exponent 1.6: most come now and then, a few all the time.</remarks>
    public double ActivityOf(int shopper) =>
        Math.Min(Math.Pow(1 - Streams.Uniform(_options.Seed, StreamPurpose.Shopper, shopper, 2), -1 / 1.6), MaxActivity);

    public string IdOf(int shopper) => "shopper-" + (shopper + 1).ToString(_idFormat, CultureInfo.InvariantCulture);

    public Visitor At(int shopper)
    {
        SeededRandom random = Streams.Of(_options.Seed, StreamPurpose.Shopper, shopper, 3);
        int age = Weighted.Pick(AgeShares, random.NextDouble());
        int location = Weighted.Pick(LocationShares, random.NextDouble());
        int device = Weighted.Pick(DeviceShares(age), random.NextDouble());
        Persona main = PersonaFor(age, location, random);
        Persona second = PersonaFor(age, location, random);
        int[] own = [random.NextInt(_shelves), random.NextInt(_shelves), random.NextInt(_shelves)];
        Taste taste = new(main, second, own, (0.25 * random.NextDouble()) + (0.75 * random.NextDouble() * ((age + 3) / 8.0)));
        DemoShopper known = new(
            IdOf(shopper), AgeBrackets[age], Locations[location], Devices[device], _lastDay.AddDays(-JoinedDaysBeforeEnd(shopper)));
        return new Visitor(shopper, known, taste);
    }

    /// <summary>A shelf by what is popular in the whole shop.</summary>
    public int PopularShelf(SeededRandom random)
    {
        Persona persona = _personas[ZipfRanks.Draw(random.NextDouble(), PersonaCount)];
        return persona.Shelves[ZipfRanks.Draw(random.NextDouble(), persona.Shelves.Length)];
    }

    private static double[] DeviceShares(int age) => [0.78 - (0.08 * age), 0.17 + (0.06 * age), 0.05 + (0.02 * age)];

    // A persona's shelves come from three departments, so that what belongs together is not what is described alike.
    private Persona DrawPersona(int index, DemoCatalogue catalogue)
    {
        SeededRandom random = Streams.Of(_options.Seed, StreamPurpose.Persona, index);
        int departments = catalogue.Words.Departments.Length;
        int first = index % departments;
        int second = (first + 1 + random.NextInt(departments - 1)) % departments;
        int third = random.NextInt(departments);
        int styles = catalogue.Words.Styles.Length;
        int style = random.NextInt(styles);
        int[] shelves =
            [.. new[] { first, second, first, third, second, first }.Select(department => ShelfIn(department, catalogue, random)).Distinct()];
        return new Persona(shelves, [style, (style + 1 + random.NextInt(styles - 1)) % styles]);
    }

    private static int ShelfIn(int department, DemoCatalogue catalogue, SeededRandom random)
    {
        int[] candidates = [.. Enumerable.Range(0, catalogue.Shelves.Count).Where(i => catalogue.Shelves[i].Department == department)];
        return candidates[random.NextInt(candidates.Length)];
    }

    // Age and country tilt the choice: what is popular differs between cohorts.
    private Persona PersonaFor(int age, int location, SeededRandom random)
    {
        Span<double> weights = stackalloc double[PersonaCount];
        for (int i = 0; i < PersonaCount; i++)
        {
            double tilt = (i + age) % AgeBrackets.Length == 0 ? 5 : 1;
            weights[i] = tilt * ((i + location) % Locations.Length == 0 ? 2 : 1) / (i + 6.0);
        }

        return _personas[Weighted.Pick(weights, random.NextDouble())];
    }
}
