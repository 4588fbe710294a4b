using Aisle.Numerics;
using Aisle.Sql;

namespace Aisle.Local.Tests.PortableSql;

/// <summary>A portable query with a way to draw parameters worth trying.</summary>
/// <param name="Query">The query; a row is the cells that the product's own reader takes, in order of column.</param>
/// <param name="Draw">Parameters for a history of <see cref="RandomHistory"/>.</param>
internal sealed record PortableCase(PortableQuery<object?[]> Query, Func<SeededRandom, IReadOnlyDictionary<string, object>> Draw)
{
    public static PortableCase Of<TRow>(PortableQuery<TRow> query, Func<SeededRandom, IReadOnlyDictionary<string, object>> draw) =>
        new(new PortableQuery<object?[]>(query.Name, query.Sql, query.Parameters, row => RecordingRow.CellsOf(row, query.Read)), draw);
}
