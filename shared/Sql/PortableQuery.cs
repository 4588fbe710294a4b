namespace Aisle.Sql;

/// <summary>A query written once, in GoogleSQL, that BigQuery runs as it is and DuckDB behind a prelude.</summary>
/// <param name="Name">The file's name without ending.</param>
/// <param name="Sql">The statement, with named parameters (<c>@cutoff</c>); it never reads the clock.</param>
/// <param name="Parameters">The names of its parameters, without the sign.</param>
/// <param name="Read">Makes one row's value.</param>
public sealed record PortableQuery<TRow>(string Name, string Sql, IReadOnlyList<string> Parameters, Func<IRow, TRow> Read);
