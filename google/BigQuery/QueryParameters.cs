using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>Binds the named parameters of a portable query.</summary>
internal static class QueryParameters
{
    /// <summary>One parameter per name.</summary>
    /// <exception cref="ArgumentException">A parameter is missing or superfluous, or its value is of no portable type.</exception>
    public static IReadOnlyList<BigQueryParameter> Of(string query, IReadOnlyList<string> names, IReadOnlyDictionary<string, object> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] missing = [.. names.Where(name => !values.ContainsKey(name))];
        string[] superfluous = [.. values.Keys.Except(names)];
        return missing.Length + superfluous.Length == 0
            ? [.. names.Select(name => new BigQueryParameter(name, Type(query, name, values[name]), values[name]))]
            : throw new ArgumentException(
                $"The query {query} takes {string.Join(", ", names)}; missing: {List(missing)}; superfluous: {List(superfluous)}.", nameof(values));
    }

    private static BigQueryDbType Type(string query, string name, object value) => value switch
    {
        string => BigQueryDbType.String,
        long => BigQueryDbType.Int64,
        double => BigQueryDbType.Float64,
        bool => BigQueryDbType.Bool,
        DateTimeOffset => BigQueryDbType.Timestamp,
        _ => throw new ArgumentException(
            $"The parameter {name} of {query} is a {value?.GetType().Name ?? "null"}; it must be a string, long, double, bool or "
            + "DateTimeOffset.", nameof(value)),
    };

    private static string List(string[] names) => names.Length == 0 ? "none" : string.Join(", ", names);
}
