using System.Text;
using System.Text.Json;
using Aisle.Events;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
using CsCheck;

namespace Aisle.Tests.Events.Rules;

public sealed class EventRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly EventRules Rules = new(EventLimits.Collector, raw => new UserId($"p:{raw}"));

    private static RawEvent View { get; } = new() { EventId = "e", UserId = "u", EventType = "view", ProductId = "p", EventTimestamp = Now };

    private static RawEvent Purchase { get; } = View with { EventType = "purchase", Revenue = 12.5m, Currency = "EUR", Quantity = 2, OrderId = "o" };

    [Fact]
    public void A_valid_event_is_accepted_with_its_pseudonym_and_minor_units()
    {
        List<EventFault> faults = [];
        InteractionEvent? accepted = Rules.Accept(Purchase with { AssignmentId = "v" }, Now, faults);

        Assert.Empty(faults);
        Assert.Equal(new UserId("p:u"), accepted!.User);
        Assert.Equal(new AssignmentId("p:v"), accepted.Assignment);
        Assert.Equal(1250, accepted.RevenueMinor);
    }

    [Fact]
    public void Revenue_follows_from_price_and_quantity() =>
        Assert.Equal(750, Rules.Accept(Purchase with { Revenue = null, UnitPrice = 3.75m }, Now, [])!.RevenueMinor);

    [Fact]
    public void All_faults_are_reported_together()
    {
        List<EventFault> faults = [];
        Rules.Accept(new RawEvent { EventType = "bought", Quantity = 0, PageLoadMs = -1, Position = 1 }, Now, faults);

        Assert.Equal(
            ["event_id", "event_timestamp", "event_type", "page_load_ms", "quantity", "slate_id", "user_id"],
            faults.Select(fault => fault.Field).Order());
        Assert.All(faults, fault => Assert.False(string.IsNullOrWhiteSpace(fault.Remedy)));
    }

    public static TheoryData<string, RawEvent> Refused { get; } = new()
    {
        { "event_id", View with { EventId = null } },
        { "event_id", View with { EventId = new string('x', 129) } },
        { "event_id", View with { EventId = "a\nb" } },
        { "user_id", View with { UserId = "  " } },
        { "event_type", View with { EventType = "VIEW" } },
        { "product_id", View with { ProductId = null } },
        { "event_timestamp", View with { EventTimestamp = DateTimeOffset.UnixEpoch } },
        { "event_timestamp", View with { EventTimestamp = Now.AddYears(1) } },
        { "event_timestamp", View with { EventTimestamp = Now.AddHours(-72).AddSeconds(-1) } },
        { "event_timestamp", View with { EventTimestamp = Now.AddMinutes(5).AddSeconds(1) } },
        { "quantity", View with { Quantity = -1 } },
        { "device_type", View with { DeviceType = new string('d', 65) } },
        { "currency", Purchase with { Currency = null } },
        { "currency", Purchase with { Currency = "euro" } },
        { "revenue", Purchase with { Revenue = -1 } },
        { "revenue", Purchase with { Revenue = null } },
        { "revenue", Purchase with { Revenue = 1e16m } },
        { "revenue", View with { Revenue = 1, Currency = "EUR" } },
        { "unit_price", Purchase with { UnitPrice = -1 } },
        { "revenue", Purchase with { EventType = "refund" } },
        { "order_id", Purchase with { EventType = "refund", Revenue = -1, OrderId = null } },
        { "slate_id", View with { EventType = "impression", Position = 1 } },
        { "position", View with { EventType = "impression", SlateId = "s" } },
    };

    [Theory, MemberData(nameof(Refused))]
    public void A_fault_names_its_field(string field, RawEvent raw)
    {
        List<EventFault> faults = [];

        Assert.Null(Rules.Accept(raw, Now, faults));
        Assert.Equal(field, Assert.Single(faults).Field);
    }

    [Fact]
    public void Only_a_page_view_comes_without_a_product() =>
        Assert.NotNull(Rules.Accept(View with { EventType = "page_view", ProductId = null, PageLoadMs = 120 }, Now, []));

    [Fact]
    public void An_import_takes_old_sales_without_a_buyer()
    {
        EventRules import = new(EventLimits.Import, raw => new UserId(raw));

        InteractionEvent? old = import.Accept(Purchase with { UserId = null, EventTimestamp = Now.AddYears(-15) }, Now, []);

        Assert.NotNull(old);
        Assert.Null(old.User);
    }

    [Fact]
    public void Times_are_kept_in_utc_to_the_microsecond()
    {
        DateTimeOffset sent = new DateTimeOffset(2026, 1, 15, 13, 0, 0, TimeSpan.FromHours(1)).AddTicks(17);

        Assert.Equal(Now.AddTicks(10), Rules.Accept(View with { EventTimestamp = sent }, Now, [])!.OccurredAt);
    }

    [Fact]
    public void Any_json_is_read_without_an_exception_and_what_is_accepted_survives_the_queue() =>
        AnyJson.Sample(text =>
        {
            using JsonDocument json = JsonDocument.Parse(text);
            List<EventFault> faults = [];
            InteractionEvent? accepted = Rules.Accept(RawEventJson.Read(json.RootElement, faults), Now, faults);
            Assert.Equal(accepted is null, faults.Count > 0);
            if (accepted is not null)
            {
                Assert.Equal(accepted, EventWire.TryDecode(EventWire.Encode(accepted), out _));
            }
        });

    private static readonly Gen<string> AnyValue = Gen.OneOf(
        Gen.OneOfConst("null", "true", "-1", "0", "3", "1e400", "12.5", "\"\"", "\"view\"", "\"purchase\"", "\"EUR\"", "\"2026-01-15T11:00:00Z\"", "\"\\ud800\"", "[]", "{}"),
        Gen.String.Select(text => JsonSerializer.Serialize(text)));

    private static readonly Gen<string> AnyJson = Gen.Select(
        Gen.OneOfConst("event_id", "user_id", "event_type", "product_id", "event_timestamp", "quantity", "revenue", "unit_price", "currency", "slate_id", "position", "x"),
        AnyValue).Array[0, 12].Select(fields => Object(fields));

    private static string Object((string Name, string Value)[] fields)
    {
        StringBuilder json = new("{");
        json.AppendJoin(',', fields.DistinctBy(field => field.Name).Select(field => $"\"{field.Name}\":{field.Value}"));
        return json.Append('}').ToString();
    }
}
