using System.Globalization;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Events.Rules;
using Aisle.Local.Import.Mapping;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.ShopExports;

/// <summary>Understands one user of an experiment's table: exposed at the start, visits on the first day, what
/// was bought on the last.</summary>
internal sealed class ExperimentTableReader(IRows rows, ColumnMap map, ExperimentTable table, string currency) : IRowReader
{
    private const long MostVisits = 1000;
    private const decimal MostSpend = 1_000_000_000m;

    private readonly HashSet<string> _users = [];

    /// <inheritdoc/>
    public IReadOnlyCollection<Product> Products => [];

    /// <inheritdoc/>
    public IEnumerable<ImportedRow> Read()
    {
        List<EventFault> faults = [];
        string user = Field("user_id") is { Length: > 0 } named ? named : map.Has("user_id") ? "" : $"row-{rows.Line.ToString(CultureInfo.InvariantCulture)}";
        string variant = Field("variant");
        CheckNames(user, variant, faults);
        decimal spend = RowMaker.Amount("spend", Field("spend"), faults) ?? 0;
        decimal? conversion = Count("conversion", 1, faults);
        decimal visits = Count("visits", MostVisits, faults) ?? 0;
        if (spend is < 0 or > MostSpend)
        {
            faults.Add(new EventFault("spend", "negative, or more than a user can spend", "Write what the user spent, from 0."));
        }

        if (faults.Count > 0)
        {
            return [Reject(faults)];
        }

        bool isBuyer = conversion is { } converted ? converted > 0 || spend > 0 : spend > 0;
        return Rows($"{table.Key}:{user}", variant, (int)visits, isBuyer, spend);
    }

    private IEnumerable<ImportedRow> Rows(string visitor, string variant, int visits, bool isBuyer, decimal spend)
    {
        yield return new ImportedRow.Exposed(rows.Line, $"user in '{variant}'", new ImportedExposure(visitor, variant, table.StartsAt));
        for (int i = 0; i < visits; i++)
        {
            string id = EventKey.Digest("experiment", $"{visitor}|visit|{i}");
            yield return new ImportedRow.Accepted(rows.Line, "visit", new ImportedEvent
            {
                Id = new EventId(id),
                Shopper = visitor,
                Type = EventType.PageView,
                Product = null,
                OccurredAt = table.StartsAt.AddHours(1).AddMinutes(i),
                Session = new SessionId(id),
            });
        }

        if (isBuyer)
        {
            yield return new ImportedRow.Accepted(rows.Line, "purchase", Purchase(visitor, spend));
        }
    }

    private ImportedEvent Purchase(string visitor, decimal spend)
    {
        string id = EventKey.Digest("experiment", $"{visitor}|purchase");
        long? revenue = map.Has("spend") ? Money.ToMinor(spend, currency) : null;
        return new ImportedEvent
        {
            Id = new EventId(id),
            Shopper = visitor,
            Type = EventType.Purchase,
            Product = new ProductId(EventKey.Of("experiment", table.Key)),
            OccurredAt = table.StartsAt.AddDays(ExperimentTable.Days),
            Quantity = 1,
            RevenueMinor = revenue,
            Currency = revenue is null ? null : currency,
            Order = new OrderId(id),
        };
    }

    private void CheckNames(string user, string variant, List<EventFault> faults)
    {
        if (!Identity.IsValid($"{table.Key}:{user}") || user.Length == 0)
        {
            faults.Add(new EventFault("user", "empty or too long", "Write the user's id, or leave user out of the map when each row is a user."));
        }
        else if (!_users.Add(user))
        {
            faults.Add(new EventFault("user", $"'{user}' has a row already", "Give one row for each user, with sums over the whole experiment."));
        }

        if (variant.Length is 0 or > 64)
        {
            faults.Add(new EventFault("variant", "empty or too long", "Write the variant's name, at most 64 characters."));
        }
    }

    private decimal? Count(string field, decimal most, List<EventFault> faults)
    {
        string text = Field(field);
        if (bool.TryParse(text, out bool truth))
        {
            return truth ? 1 : 0;
        }

        decimal? count = RowMaker.Whole(field, text, faults);
        if (count < 0 || count > most)
        {
            faults.Add(new EventFault(field, $"{count} is outside 0 to {most}", $"Write a whole number from 0 to {most}, or false or true."));
        }

        return count;
    }

    private string Field(string field) => map.Constants.TryGetValue(field, out string? constant) ? constant
        : map.Columns.TryGetValue(field, out string? column) ? rows[column]
        : "";

    private ImportedRow.Rejected Reject(List<EventFault> faults) =>
        new(rows.Line, $"{string.Join(", ", faults.Select(fault => fault.Field))} cannot be used", rows.Text())
        {
            Detail = string.Join(" ", faults.Select(fault => $"{fault.Field}: {fault.Problem}. {fault.Remedy}")),
        };
}
