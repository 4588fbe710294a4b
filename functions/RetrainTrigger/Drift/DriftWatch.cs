using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Ports;
using Aisle.RetrainTrigger.Steps;
using Aisle.Sql;

namespace Aisle.RetrainTrigger.Drift;

/// <summary>Holds what shoppers were shown on the last whole day, and how often they clicked it, against the days before: the drift that
/// creeps in between models that each passed their gate.</summary>
/// <param name="warehouse">The log of slates and clicks.</param>
/// <param name="reader">The catalogue, for categories and prices.</param>
/// <param name="clock">Says which day is over.</param>
/// <param name="options">What counts.</param>
public sealed class DriftWatch(IEventWarehouse warehouse, TrainingReader reader, TimeProvider clock, DriftOptions options)
{
    /// <summary>Looks at the last day that is over, UTC.</summary>
    public async Task<DriftReport> LookAsync(CancellationToken cancellationToken)
    {
        DateOnly day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);
        DateOnly from = day.AddDays(-options.BaselineDays);
        Dictionary<string, object> parameters = new() { ["from"] = StartOf(from), ["to"] = StartOf(day.AddDays(1)) };
        ServedSpan before = new();
        ServedSpan now = new();
        await foreach (ServedDay row in warehouse.QueryAsync(PortableQueries.ServedDays, parameters, cancellationToken))
        {
            (row.Day < day ? before : now).Add(row);
        }

        if (now.Slates >= options.MinSlates && before.Slates >= options.MinSlates)
        {
            await AddShownAsync(before, now, day, parameters, cancellationToken);
        }

        return new DriftReport(day, from, now.Slates, before.Slates, new DriftJudge(options).Judge(before, now));
    }

    private async Task AddShownAsync(ServedSpan before, ServedSpan now, DateOnly day, Dictionary<string, object> parameters, CancellationToken cancellationToken)
    {
        await foreach (ScoreDay row in warehouse.QueryAsync(PortableQueries.ScoreDays, parameters, cancellationToken))
        {
            (row.Day < day ? before : now).Add(row);
        }

        Dictionary<ProductId, Product> catalogue = (await reader.ProductsAsync(cancellationToken)).ToDictionary(product => product.Id);
        await foreach (ProductExposureDay row in warehouse.QueryAsync(PortableQueries.ProductExposure, parameters, cancellationToken))
        {
            (row.Day < day ? before : now).Add(row, catalogue);
        }
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
