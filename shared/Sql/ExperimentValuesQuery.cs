namespace Aisle.Sql;

/// <summary>Writes <c>experiment_values</c> and <c>experiment_clusters</c> for a measure: what quantiles of single values need, whose
/// values hang together by visitor.</summary>
public sealed class ExperimentValuesQuery
{
    private const int FixedColumns = 4;
    private const int ColumnsOfLimit = 3;

    private readonly ExperimentMeasure _measure;
    private readonly Dictionary<string, object> _parameters = [];
    private readonly string _condition;

    /// <summary>Writes the statement for the values.</summary>
    /// <param name="measure">Whose values; its column must have one.</param>
    /// <exception cref="ArgumentException">The measure counts events, which have no value.</exception>
    public ExperimentValuesQuery(ExperimentMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        if (measure.Column == MeasureColumn.Events)
        {
            throw new ArgumentException("Events have no value of their own.", nameof(measure));
        }

        _measure = measure;
        string value = MeasureCondition.Value(measure.Column);
        _condition = $"AND {MeasureCondition.Of(measure.Types, measure.Filters, _parameters)} AND {value} IS NOT NULL\n";
        Values = new PortableQuery<MeasuredValues>(
            "experiment_values",
            PortableQueries.Load("experiment_values")
                .Replace("--value\n", $"{value} AS amount,\n", StringComparison.Ordinal)
                .Replace("--condition\n", _condition, StringComparison.Ordinal),
            ["experiment", "from", "to", .. _parameters.Keys],
            row => new MeasuredValues(row.Text(0)!, row.Whole(1)!.Value, row.Whole(2)!.Value));
    }

    /// <summary>How often each value was seen, ordered by variant and value.</summary>
    public PortableQuery<MeasuredValues> Values { get; }

    /// <summary>The values of the parameters that this class named itself.</summary>
    public IReadOnlyDictionary<string, object> Parameters => _parameters;

    /// <summary>What the clustered errors of quantiles need, ordered by variant; a variant that is not among the
    /// limits has nothing below any.</summary>
    /// <param name="limits">By variant the values of its quantiles, as many for each.</param>
    /// <returns>The statement, and the values of all the parameters that this class named itself.</returns>
    public (PortableQuery<ValueClusters> Query, IReadOnlyDictionary<string, object> Parameters) Clusters(IReadOnlyList<(string Variant, IReadOnlyList<long> Limits)> limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        Dictionary<string, object> parameters = new(_parameters);
        string[] names = [.. limits.Select(own => MeasureCondition.Parameter(parameters, "variant", own.Variant))];
        int count = limits.Count == 0 ? 0 : limits[0].Limits.Count;
        string below = string.Concat(Enumerable.Range(0, count).Select(i =>
        {
            string cases = string.Join(' ', limits.Zip(names, (own, name) => $"WHEN {name} THEN "
                + $"{MeasureCondition.Parameter(parameters, "limit", own.Limits[i])}"));
            return $", SUM(CASE WHEN {MeasureCondition.Value(_measure.Column)} <= CASE exposed.variant {cases} END THEN 1 ELSE 0 END) AS below_{i}\n    ";
        }));
        string sums = string.Concat(Enumerable.Range(0, count).Select(i => $", SUM(below_{i}) AS count_{i}, SUM(below_{i} * below_{i}) AS "
            + $"squared_{i}, SUM(below_{i} * times) AS by_values_{i}\n  "));
        string sql = PortableQueries.Load("experiment_clusters")
            .Replace("--condition\n", _condition, StringComparison.Ordinal)
            .Replace("--below\n", $"{below}\n", StringComparison.Ordinal)
            .Replace("--sums\n", $"{sums}\n", StringComparison.Ordinal);
        return (new PortableQuery<ValueClusters>("experiment_clusters", sql, ["experiment", "from", "to", .. parameters.Keys], row => Read(row, count)), parameters);
    }

    private static ValueClusters Read(IRow row, int limits)
    {
        ValuesBelow[] below = new ValuesBelow[limits];
        for (int i = 0; i < limits; i++)
        {
            int column = FixedColumns + (ColumnsOfLimit * i);
            below[i] = new ValuesBelow(row.Whole(column)!.Value, row.Whole(column + 1)!.Value, row.Whole(column + 2)!.Value);
        }

        return new ValueClusters(row.Text(0)!, row.Whole(1)!.Value, row.Whole(2)!.Value, row.Whole(3)!.Value, below);
    }
}
