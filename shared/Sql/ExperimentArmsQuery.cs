using System.Globalization;
using Aisle.Events;

namespace Aisle.Sql;

/// <summary>
/// Writes <c>experiment_arms</c> for a report's measures: one row per variant, standing and segment, with the sums from which every mean, ratio and adjusted figure follows,
/// so that the report's cost does not depend on the number of visitors.
/// </summary>
public sealed class ExperimentArmsQuery
{
    private const string Name = "experiment_arms";
    private const int FixedColumns = 11;

    private readonly Dictionary<string, object> _parameters = [];
    private readonly IReadOnlyList<ExperimentMeasure> _measures;

    /// <summary>Writes the statement.</summary>
    /// <param name="measures">What is measured beside <see cref="ExperimentMeasure.AlwaysThere"/>; names are unique.</param>
    /// <param name="sums">What is added up; measures are named by their names.</param>
    /// <param name="excluded">Visitors to leave out.</param>
    /// <exception cref="ArgumentException">A name is no column's name, used twice, or a sum names an unknown measure.</exception>
    public ExperimentArmsQuery(IReadOnlyList<ExperimentMeasure> measures, IReadOnlyList<ExperimentSum> sums, IReadOnlyList<AssignmentId> excluded)
    {
        ArgumentNullException.ThrowIfNull(excluded);
        _measures = measures;
        Sums = sums;
        Check();
        ExperimentMeasure[] ofPurchases = [.. measures.Where(IsOfPurchases)];
        ExperimentMeasure[] ofAll = [.. measures.Except(ofPurchases)];
        string sql = PortableQueries.Load(Name)
            .Replace("      --values of all events\n", Lines(ofAll, Value), StringComparison.Ordinal)
            .Replace("    --measures of a visit\n", Lines(ofAll, OfVisit), StringComparison.Ordinal)
            .Replace("    --measures of visits\n", Lines(ofAll, OfVisits), StringComparison.Ordinal)
            .Replace("      --values of purchases\n", Lines(ofPurchases, Value), StringComparison.Ordinal)
            .Replace("    --measures of purchases\n", Lines(ofPurchases, BeforeAndAfter), StringComparison.Ordinal)
            .Replace("    --measures of baskets\n", Lines(ofPurchases, OfBaskets), StringComparison.Ordinal)
            .Replace("    --measures of a visitor\n", Lines(measures, OfVisitor), StringComparison.Ordinal)
            .Replace("    --measures of who counts\n", string.Concat(Summed().Select(OfWhoCounts)), StringComparison.Ordinal)
            .Replace("      --excluded visitors\n", Excluded(excluded), StringComparison.Ordinal)
            .Replace("      --implausible amounts\n", Implausible(measures), StringComparison.Ordinal)
            .Replace("  --sums\n", string.Concat(sums.Select((sum, index) => $"  , {Sum(sum)} AS sum_{index}\n")), StringComparison.Ordinal);
        Query = new PortableQuery<ExperimentArmsRow>(
            Name, sql, ["experiment", "from", "to", "before", "most_events", "most_amount", .. _parameters.Keys], Read);
    }

    /// <summary>The statement.</summary>
    public PortableQuery<ExperimentArmsRow> Query { get; }

    /// <summary>What each row adds up, in the order of <see cref="ExperimentArmsRow.Sums"/>.</summary>
    public IReadOnlyList<ExperimentSum> Sums { get; }

    /// <summary>The values of the parameters that this class named itself: filters and excluded visitors.</summary>
    public IReadOnlyDictionary<string, object> Parameters => _parameters;

    private void Check()
    {
        string[] names = [.. _measures.Select(measure => measure.Name)];
        string? bad = names.FirstOrDefault(name => name.Length is 0 or > 60 || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'));
        if (bad is not null || names.Concat(ExperimentMeasure.AlwaysThere).GroupBy(name => name).Any(group => group.Count() > 1))
        {
            throw new ArgumentException($"'{bad ?? "a measure"}' is no name of a measure, or used twice.");
        }

        HashSet<string> known = [.. ExperimentMeasure.AlwaysThere, .. names, .. names.Select(name => name + ExperimentMeasure.BeforeSuffix)];
        if (Sums.FirstOrDefault(sum => !known.Contains(sum.First) || (sum.Second is { } second && !known.Contains(second))) is { } unknown)
        {
            throw new ArgumentException($"The sum {unknown} names an unknown measure.");
        }
    }

    private static string Lines(IReadOnlyList<ExperimentMeasure> measures, Func<ExperimentMeasure, string> write) =>
        string.Concat(measures.Select(measure => $"    {write(measure)}\n"));

    // Purchases and refunds are few, and are read apart from all the other events.
    private static bool IsOfPurchases(ExperimentMeasure measure) => measure.Types.All(type => type is EventType.Purchase or EventType.Refund);

    private string Value(ExperimentMeasure measure) =>
        $", CASE WHEN {MeasureCondition.Of(measure.Types, measure.Filters, _parameters)} THEN {MeasureCondition.Added(measure.Column)} END AS of_{measure.Name}";

    private static string OfVisit(ExperimentMeasure measure) => $", {Adds(measure)}(events.of_{measure.Name}) AS {measure.Name}";

    private static string OfVisits(ExperimentMeasure measure) =>
        $", SUM(CASE WHEN is_after THEN {measure.Name} END) AS {measure.Name}, SUM(CASE WHEN NOT is_after THEN {measure.Name} END) AS {measure.Name}{ExperimentMeasure.BeforeSuffix}";

    private static string BeforeAndAfter(ExperimentMeasure measure) =>
        $", {Adds(measure)}(CASE WHEN events.micros >= exposed.exposed_micros THEN events.of_{measure.Name} END) AS {measure.Name}, " +
        $"{Adds(measure)}(CASE WHEN events.micros < exposed.exposed_micros THEN events.of_{measure.Name} END) AS {measure.Name}{ExperimentMeasure.BeforeSuffix}";

    private static string Adds(ExperimentMeasure measure) => measure.Column == MeasureColumn.Events ? "COUNT" : "SUM";

    private static string OfBaskets(ExperimentMeasure measure) =>
        $", SUM({measure.Name}) AS {measure.Name}, SUM({measure.Name}{ExperimentMeasure.BeforeSuffix}) AS {measure.Name}{ExperimentMeasure.BeforeSuffix}";

    private static string OfVisitor(ExperimentMeasure measure) =>
        string.Concat(new[] { "", ExperimentMeasure.BeforeSuffix }.Select(when => measure.IsAny
            ? $", CASE WHEN {Total(measure, when)} > 0 THEN 1 ELSE 0 END AS {measure.Name}{when}"
            : $", CAST(COALESCE({Total(measure, when)}, 0) AS INT64) AS {measure.Name}{when}"));

    private static string Total(ExperimentMeasure measure, string when) => $"{(IsOfPurchases(measure) ? "baskets" : "acted")}.{measure.Name}{when}";

    // The amounts of who does not count may be too large to be multiplied.
    private static string OfWhoCounts(string name) => $"    , CASE WHEN standing = 'counted' THEN {name} ELSE 0 END AS {name}\n";

    private IEnumerable<string> Summed() => Sums.SelectMany(sum => new[] { sum.First, sum.Second }).OfType<string>().Distinct();

    private string Excluded(IReadOnlyList<AssignmentId> excluded) => excluded.Count == 0
        ? ""
        : $"      WHEN exposed.assignment_id IN ({string.Join(", ", excluded.Select(id => MeasureCondition.Parameter(_parameters, "excluded", id.Value)))}) THEN 'excluded'\n";

    private static string Implausible(IReadOnlyList<ExperimentMeasure> measures) => string.Concat(
        from measure in measures
        from when in new[] { "", ExperimentMeasure.BeforeSuffix }
        let total = Total(measure, when)
        select $"      WHEN {total} > @most_amount OR {total} < -@most_amount THEN 'implausible'\n");

    private string Sum(ExperimentSum sum)
    {
        if (sum.Second is not { } second)
        {
            return $"SUM({sum.First})";
        }

        return IsAmount(sum.First) && IsAmount(second)
            ? $"CAST(SUM(CAST({sum.First} AS BIGNUMERIC) * CAST({second} AS BIGNUMERIC)) AS STRING)"
            : $"SUM({sum.First} * {second})";
    }

    private bool IsAmount(string name) =>
        _measures.Any(measure => measure.IsAmount && (measure.Name == name || measure.Name + ExperimentMeasure.BeforeSuffix == name));

    private ExperimentArmsRow Read(IRow row)
    {
        Int128[] sums = new Int128[Sums.Count];
        for (int i = 0; i < sums.Length; i++)
        {
            bool isWide = Sums[i].Second is { } second && IsAmount(Sums[i].First) && IsAmount(second);
            sums[i] = isWide
                ? Int128.Parse(row.Text(FixedColumns + i)!, CultureInfo.InvariantCulture)
                : row.Whole(FixedColumns + i)!.Value;
        }

        return new ExperimentArmsRow(
            row.Text(0)!, row.Text(1)!, row.Text(2)!, row.Whole(3) == 1, row.Whole(4)!.Value,
            row.Text(5), row.Text(6), row.Text(7) is { } visitor ? new AssignmentId(visitor) : null, row.Text(8), row.Text(9), row.Whole(10)!.Value, sums);
    }
}
