using Aisle.Catalogue;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Ports;
using Aisle.Reranking.Rules;
using Aisle.ScoreUser.Serving;
using Aisle.Sql;

namespace Aisle.ScoreUser.Promises;

/// <summary>The ledger of new products: what each was promised in its first days, what it was given, and what stood in the
/// way. It counts from the slate log.</summary>
/// <param name="warehouse">What was served and seen.</param>
/// <param name="catalogue">The products.</param>
/// <param name="state">What serves now: the model, stock and rules that may stand in the way.</param>
/// <param name="options">The promise.</param>
/// <param name="clock">Now.</param>
public sealed class ExposureLedger(IEventWarehouse warehouse, ICatalogueStore catalogue, ServingState state, ScoreUserOptions options, TimeProvider clock)
{
    private static readonly NewProductOptions Newest = new();

    /// <summary>How many slates are promised.</summary>
    public int Promised => options.PromisedExposure;

    /// <summary>The products whose first day lies in the last days, newest first, then by id.</summary>
    /// <param name="days">How many days, positive.</param>
    /// <param name="cancellationToken">The caller gave up.</param>
    public async Task<IReadOnlyList<ExposureEntry>> ReadAsync(int days, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        DateTimeOffset now = clock.GetUtcNow();
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        DateOnly first = today.AddDays(1 - days);
        ILookup<ProductId, ProductExposureDay> shown = (await CountAsync(first, now, cancellationToken)).ToLookup(day => day.Product);
        List<ExposureEntry> entries = [];
        await foreach (Product product in catalogue.ReadAllAsync(cancellationToken))
        {
            if (product.CreatedDate is { } created && created >= first && created <= today)
            {
                entries.Add(Entry(product, created, shown[product.Id], now));
            }
        }

        return [.. entries.OrderByDescending(entry => entry.From).ThenBy(entry => entry.Product.Id.Value, StringComparer.Ordinal)];
    }

    private async Task<List<ProductExposureDay>> CountAsync(DateOnly first, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Dictionary<string, object> parameters = new() { ["from"] = StartOf(first), ["to"] = now };
        List<ProductExposureDay> days = [];
        await foreach (ProductExposureDay day in warehouse.QueryAsync(PortableQueries.ProductExposure, parameters, cancellationToken))
        {
            days.Add(day);
        }

        return days;
    }

    private ExposureEntry Entry(Product product, DateOnly created, IEnumerable<ProductExposureDay> shown, DateTimeOffset now)
    {
        DateTimeOffset until = StartOf(created) + Newest.Newness;
        ProductExposureDay[] own = [.. shown.Where(day => day.Day >= created && StartOf(day.Day) < until)];
        long slates = own.Sum(day => day.Slates);
        PromiseStatus status = slates >= options.PromisedExposure ? PromiseStatus.Kept : now < until ? PromiseStatus.UnderWay : PromiseStatus.Missed;
        return new ExposureEntry(
            product, StartOf(created), until, slates, own.Sum(day => day.Impressions), status, status == PromiseStatus.Kept ? null : WhyNot(product, now));
    }

    /// <summary>What stands in the way now; of the past only the counts are known.</summary>
    private string WhyNot(Product product, DateTimeOffset now)
    {
        if (state.View is not { } view || !view.Model.Bundle.Items.TryGetIndex(product.Id, out int item))
        {
            return "not_in_model";
        }

        if (!view.IsSold(item))
        {
            return "out_of_stock";
        }

        MerchandisingRule? block = state.Merchandising.Rules.Rules.FirstOrDefault(
            rule => rule.Action == RuleAction.Block && !(rule.Until <= now) && !(rule.From > now) && rule.Match.Matches(product));
        return block is not null ? $"blocked:{block.Id}" : options.Compose.Epsilon > 0 ? "too_few_slates" : "exploration_off";
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
