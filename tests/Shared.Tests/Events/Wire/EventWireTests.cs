using System.Text;
using Aisle.Events.Wire;
using Aisle.Testing;

namespace Aisle.Tests.Events.Wire;

public sealed class EventWireTests
{
    [Fact]
    public void The_wire_has_the_columns_of_the_warehouse() =>
        Assert.Equal(
            """{"event_id":"event-1","user_id":"user-1","event_type":"purchase","product_id":"product-1","event_timestamp":"2026-01-15T12:00:00+00:00","ingested_at":"2026-01-15T12:00:00+00:00","quantity":1,"unit_price_minor":1000,"revenue_minor":1000,"currency":"EUR","order_id":"order-of-event-1"}""",
            Encoding.UTF8.GetString(EventWire.Encode(Some.Purchase())));

    [Theory]
    [InlineData("", "body")]
    [InlineData("null", "null")]
    [InlineData("{}", "event_id")]
    [InlineData("""{"event_id":"","user_id":"u","event_type":"view","product_id":"p","event_timestamp":"2026-01-15T12:00:00Z","ingested_at":"2026-01-15T12:00:00Z"}""", "event_id")]
    [InlineData("""{"event_id":"e","user_id":"u","event_type":"bought","product_id":"p","event_timestamp":"2026-01-15T12:00:00Z","ingested_at":"2026-01-15T12:00:00Z"}""", "event_type")]
    [InlineData("""{"event_id":"e","user_id":"u","event_type":"view","event_timestamp":"2026-01-15T12:00:00Z","ingested_at":"2026-01-15T12:00:00Z"}""", "product_id")]
    [InlineData("""{"event_id":"e","user_id":"u","event_type":"view","product_id":"p","event_timestamp":"0001-01-01T00:00:00Z","ingested_at":"2026-01-15T12:00:00Z"}""", "event_timestamp")]
    [InlineData("""{"event_id":"e","user_id":"u","event_type":"view","product_id":"p","event_timestamp":"2026-01-15T12:00:00Z","ingested_at":"2026-01-15T12:00:00Z","colour":"red"}""", "colour")]
    [InlineData("""{"event_id":"e","user_id":"u","event_type":"view","product_id":"p","event_timestamp":"2026-01-15T12:00:00Z","ingested_at":"2026-01-15T12:00:00Z","event_id":"f"}""", "event_id")]
    public void What_is_no_event_is_refused_with_the_field(string text, string named)
    {
        Assert.Null(EventWire.TryDecode(Encoding.UTF8.GetBytes(text), out string? reason));
        Assert.Contains(named, reason);
    }
}
