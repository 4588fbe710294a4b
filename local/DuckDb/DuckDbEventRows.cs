using Aisle.Events;
using DuckDB.NET.Data;

namespace Aisle.Local.DuckDb;

/// <summary>Events as rows of <c>interaction_events</c>, in the order of its columns.</summary>
internal static class DuckDbEventRows
{
    /// <summary>Writes one row a event.</summary>
    public static void Append(DuckDBConnection connection, IEnumerable<InteractionEvent> events)
    {
        using DuckDBAppender appender = connection.CreateAppender("interaction_events");
        foreach (InteractionEvent e in events)
        {
            appender.CreateRow()
                .AppendValue(e.Id.Value)
                .AppendValue(e.User?.Value)
                .AppendValue(e.Assignment?.Value)
                .AppendValue(e.Type.WireName())
                .AppendValue(e.Product?.Value)
                .AppendValue(e.OccurredAt.ToUniversalTime())
                .AppendValue(e.IngestedAt.ToUniversalTime())
                .AppendValue(e.Session?.Value)
                .AppendValue(e.DeviceType)
                .AppendValue(e.PageType)
                .AppendValue((long?)e.PageLoadMs)
                .AppendValue((long?)e.PageDwellMs)
                .AppendValue((long?)e.Quantity)
                .AppendValue(e.UnitPriceMinor)
                .AppendValue(e.RevenueMinor)
                .AppendValue(e.Currency)
                .AppendValue(e.Order?.Value)
                .AppendValue(e.Slate?.Value)
                .AppendValue((long?)e.Position)
                .EndRow();
        }
    }

    /// <summary>The event of a row with all columns.</summary>
    public static InteractionEvent Read(DuckDbRow row) => new()
    {
        Id = new EventId(row.Text(0)!),
        User = row.Text(1) is { } user ? new UserId(user) : null,
        Assignment = row.Text(2) is { } assignment ? new AssignmentId(assignment) : null,
        Type = EventTypes.TryParse(row.Text(3), out EventType type) ? type : throw new InvalidDataException($"The history has an event of "
            + $"the unknown type \"{row.Text(3)}\"."),
        Product = row.Text(4) is { } product ? new ProductId(product) : null,
        OccurredAt = row.Instant(5)!.Value,
        IngestedAt = row.Instant(6)!.Value,
        Session = row.Text(7) is { } session ? new SessionId(session) : null,
        DeviceType = row.Text(8),
        PageType = row.Text(9),
        PageLoadMs = (int?)row.Whole(10),
        PageDwellMs = (int?)row.Whole(11),
        Quantity = (int?)row.Whole(12),
        UnitPriceMinor = row.Whole(13),
        RevenueMinor = row.Whole(14),
        Currency = row.Text(15),
        Order = row.Text(16) is { } order ? new OrderId(order) : null,
        Slate = row.Text(17) is { } slate ? new SlateId(slate) : null,
        Position = (int?)row.Whole(18),
    };
}
