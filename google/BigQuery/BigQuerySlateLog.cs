using System.Globalization;
using Aisle.Ports;
using Aisle.Reranking;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>Slates in BigQuery: the positions first, so that a slate that is there is whole.</summary>
public sealed class BigQuerySlateLog : ISlateLog
{
    private readonly RowAppender _appender;

    /// <summary>Uses a dataset.</summary>
    /// <param name="client">One per process; it is safe to share.</param>
    /// <param name="options">Which dataset.</param>
    /// <param name="clock">What waiting between attempts is measured by.</param>
    public BigQuerySlateLog(BigQueryClient client, GoogleOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _appender = new RowAppender(client, options.Dataset, clock);
    }

    /// <inheritdoc/>
    public async Task AppendAsync(IReadOnlyList<Slate> slates, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slates);
        await _appender.AppendAsync("slate_items_raw", [.. slates.SelectMany(slate => slate.Items, ItemRow)], cancellationToken);
        await _appender.AppendAsync("slates_raw", [.. slates.Select(Row)], cancellationToken);
    }

    private static BigQueryInsertRow Row(Slate slate) => new()
    {
        { "slate_id", slate.Id.Value },
        { "user_id", slate.User?.Value },
        { "surface", slate.Surface },
        { "strategies", string.Join(',', slate.Strategies) },
        { "variants", string.Join(',', slate.Variants) },
        { "model_version", slate.ModelVersion },
        { "seed", BigQueryNumeric.Parse(slate.Seed.ToString(CultureInfo.InvariantCulture)) },
        { "eligible_count", slate.EligibleCount },
        { "served_at", slate.ServedAt },
        { "inputs", slate.Inputs },
    };

    private static BigQueryInsertRow ItemRow(Slate slate, SlateItem item) => new()
    {
        { "slate_id", slate.Id.Value },
        { "position", item.Rank },
        { "product_id", item.Product.Value },
        { "score", item.Score },
        { "slot", item.Slot.ToString().ToLowerInvariant() },
        { "propensity", item.Propensity },
        { "served_at", slate.ServedAt },
    };
}
