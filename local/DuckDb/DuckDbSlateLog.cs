using Aisle.Ports;
using Aisle.Reranking;
using DuckDB.NET.Data;

namespace Aisle.Local.DuckDb;

/// <summary>Slates in the warehouse file: one row a slate, one row a position.</summary>
/// <param name="database">The file.</param>
public sealed class DuckDbSlateLog(DuckDbDatabase database) : ISlateLog
{
    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<Slate> slates, CancellationToken cancellationToken) =>
        slates.Count == 0 ? Task.CompletedTask : database.WriteAsync(connection => Append(connection, slates), cancellationToken);

    private static int Append(DuckDBConnection connection, IReadOnlyList<Slate> slates)
    {
        using (DuckDBAppender appender = connection.CreateAppender("slates"))
        {
            foreach (Slate slate in slates)
            {
                appender.CreateRow()
                    .AppendValue(slate.Id.Value)
                    .AppendValue(slate.User?.Value)
                    .AppendValue(slate.Surface)
                    .AppendValue(string.Join(',', slate.Strategies))
                    .AppendValue(string.Join(',', slate.Variants))
                    .AppendValue(slate.ModelVersion)
                    .AppendValue(slate.Seed)
                    .AppendValue((long)slate.EligibleCount)
                    .AppendValue(slate.ServedAt.ToUniversalTime())
                    .AppendValue(slate.Inputs)
                    .EndRow();
            }
        }

        using DuckDBAppender items = connection.CreateAppender("slate_items");
        foreach (Slate slate in slates)
        {
            foreach (SlateItem item in slate.Items)
            {
                AppendItem(items, slate, item);
            }
        }

        return slates.Count;
    }

    private static void AppendItem(DuckDBAppender items, Slate slate, SlateItem item) =>
        items.CreateRow()
            .AppendValue(slate.Id.Value)
            .AppendValue((long)item.Rank)
            .AppendValue(item.Product.Value)
            .AppendValue(item.Score)
            .AppendValue(item.Slot.ToString().ToLowerInvariant())
            .AppendValue(item.Propensity)
            .AppendValue(slate.ServedAt.ToUniversalTime())
            .EndRow();
}
