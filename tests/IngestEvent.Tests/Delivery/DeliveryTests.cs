using System.Text;
using System.Text.Json;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Events.Wire;
using Aisle.IngestEvent.Delivery;
using Aisle.Ports;
using Aisle.Testing;

namespace Aisle.IngestEvent.Tests.Delivery;

public sealed class DeliveryTests : IDisposable
{
    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_raw_push_body_is_ingested() =>
        await AssertIngestedAsync(Push(EventWire.Encode(Some.Event())));

    [Fact]
    public async Task A_binary_cloud_event_is_ingested() =>
        await AssertIngestedAsync(
            Push(EventWire.Encode(Some.Event())), ("ce-specversion", "1.0"), ("ce-type", PushedMessage.EventType), ("ce-id", "1"), ("ce-source", "//pubsub.googleapis.com/projects/p/topics/t"));

    [Fact]
    public async Task A_structured_cloud_event_is_ingested() =>
        await AssertIngestedAsync(
            $$"""{"specversion":"1.0","type":"{{PushedMessage.EventType}}","id":"1","source":"//pubsub.googleapis.com/projects/p/topics/t","datacontenttype":"application/json","data":{{Push(EventWire.Encode(Some.Event()))}}}""",
            ("Content-Type", "application/cloudevents+json; charset=utf-8"));

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"message":{"messageId":"1","data":"%%%"}}""")]
    [InlineData("""{"message":{"messageId":"7","data":"e30="}}""")]
    public async Task What_cannot_be_read_is_parked_and_acknowledged(string body)
    {
        (int status, _) = await World.SendAsync(_world.Deliver, "POST", "/", body, null);

        Assert.Equal(204, status);
        Assert.NotEqual("", Assert.Single(_world.Queue.Parked).Reason);
        Assert.Empty(_world.Warehouse.Events);
    }

    [Fact]
    public async Task A_cloud_event_of_another_type_is_parked()
    {
        await World.SendAsync(_world.Deliver, "POST", "/", Push(EventWire.Encode(Some.Event())), null, ("ce-type", "google.cloud.storage.object.v1.finalized"));

        Assert.Contains("finalized", Assert.Single(_world.Queue.Parked).Reason);
    }

    [Fact]
    public async Task A_store_fault_goes_through_so_that_the_message_comes_again()
    {
        _world.Warehouse.Fault = new IOException("disk full");

        await Assert.ThrowsAsync<IOException>(() => World.SendAsync(_world.Deliver, "POST", "/", Push(EventWire.Encode(Some.Event())), null));
    }

    [Fact]
    public async Task After_a_store_fault_the_worker_gives_the_messages_back()
    {
        await _world.Queue.PublishAsync([new QueueMessage(EventWire.Encode(Some.Event()), EventWire.Attributes)], Token);
        _world.Warehouse.Fault = new IOException("disk full");
        await Assert.ThrowsAsync<IOException>(() => _world.Worker.DrainAsync(Token));
        _world.Warehouse.Fault = null;

        Assert.Equal(1, await _world.Worker.DrainAsync(Token));
        Assert.Single(_world.Warehouse.Events);
        Assert.Equal(0, _world.Queue.Count);
    }

    [Fact]
    public async Task Poison_among_good_messages_is_parked_with_its_bytes()
    {
        await _world.Queue.PublishAsync(
            [new QueueMessage("poison"u8.ToArray(), EventWire.Attributes), new QueueMessage(EventWire.Encode(Some.Event()), EventWire.Attributes)], Token);

        await _world.Worker.DrainAsync(Token);

        Assert.Single(_world.Warehouse.Events);
        Assert.Equal("poison", Encoding.UTF8.GetString(Assert.Single(_world.Queue.Parked).Data.Span));
        Assert.Equal(0, _world.Queue.Count);
    }

    [Fact]
    public async Task Events_delivered_twice_and_out_of_order_leave_the_same_features()
    {
        InteractionEvent[] events = [.. Enumerable.Range(0, 30).Select(i => Some.Event($"e{i:00}", product: $"p{i % 9}") with { OccurredAt = Some.Instant.AddMinutes(-i) })];
        await _world.Ingester.WriteAsync([.. events.Reverse(), .. events], Token);
        await _world.Ingester.WriteAsync(events, Token);

        Assert.Equal(30, _world.Warehouse.Events.Count);
        Assert.Equivalent(SessionFeatures.Merge(null, Some.User(), events), Assert.Single(_world.Profiles.All), strict: true);
    }

    private static string Push(byte[] data) => JsonSerializer.Serialize(new
    {
        message = new { data = Convert.ToBase64String(data), messageId = "42", publishTime = "2026-01-15T12:00:00Z", attributes = new { schema = EventWire.Schema } },
        subscription = "projects/p/subscriptions/s",
        deliveryAttempt = 2,
        unknown = 1,
    });

    private async Task AssertIngestedAsync(string body, params (string, string)[] headers)
    {
        (int status, _) = await World.SendAsync(_world.Deliver, "POST", "/", body, null, headers);

        Assert.Equal(204, status);
        Assert.Equal(Some.Event(), Assert.Single(_world.Warehouse.Events));
        Assert.Equal(Some.ProductId(), Assert.Single(Assert.Single(_world.Profiles.All).Recent).Product);
    }
}
