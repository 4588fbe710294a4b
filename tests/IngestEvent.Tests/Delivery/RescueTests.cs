using System.Text;
using Aisle.Events.Wire;
using Aisle.IngestEvent.Delivery;
using Aisle.Ports;
using Aisle.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aisle.IngestEvent.Tests.Delivery;

/// <summary>What becomes of a batch in which something fails that is no store's fault.</summary>
public sealed class RescueTests : IDisposable
{
    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task One_message_that_cannot_be_stored_does_not_hold_up_the_others()
    {
        await PublishAsync(100);
        _world.Warehouse.Poison = e => e.Id.Value == "e57";

        await _world.Worker.DrainAsync(Token);

        Assert.Equal(99, _world.Warehouse.Events.Count);
        Assert.Equal(1, _world.Queue.Count);
        Assert.Equal(99, Assert.Single(_world.Profiles.All, profile => profile.User == Some.User()).Recent.Count + 49); // the document keeps 50
    }

    [Fact]
    public async Task A_message_that_always_fails_is_parked_after_its_deliveries_with_the_reason()
    {
        await PublishAsync(3);
        _world.Warehouse.Poison = e => e.Id.Value == "e1";

        for (int hour = 0; hour < 20; hour++)
        {
            await _world.Worker.DrainAsync(Token);
            _world.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(0, _world.Queue.Count);
        ParkedMessage parked = Assert.Single(_world.Queue.Parked);
        Assert.Contains("e1 cannot be stored", parked.Reason);
        Assert.Contains("\"e1\"", Encoding.UTF8.GetString(parked.Data.Span));
    }

    [Fact]
    public async Task A_defect_that_fails_every_message_is_taken_for_a_store_fault_and_parks_none()
    {
        await PublishAsync(100);
        _world.Warehouse.Poison = _ => true;

        for (int hour = 0; hour < 20; hour++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => _world.Worker.DrainAsync(Token));
            _world.Clock.Advance(TimeSpan.FromHours(1));
        }

        _world.Warehouse.Poison = _ => false;
        await _world.Worker.DrainAsync(Token);
        Assert.Empty(_world.Queue.Parked);
        Assert.Equal(100, _world.Warehouse.Events.Count);
    }

    [Fact]
    public async Task However_long_a_store_is_down_no_message_is_parked()
    {
        await PublishAsync(5);
        _world.Warehouse.Fault = new StoreUnavailableException("The disk is full.", TimeSpan.FromSeconds(1), null);

        for (int i = 0; i < 50; i++)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => _world.Worker.DrainAsync(Token));
        }

        _world.Warehouse.Fault = null;
        Assert.Equal(5, await _world.Worker.DrainAsync(Token));
        Assert.Empty(_world.Queue.Parked);
    }

    [Fact]
    public async Task The_fault_of_the_batch_before_is_not_blamed_on_the_next()
    {
        TaskCompletionSource nextAppended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Warehouse.Poison = e =>
        {
            _ = e.Id.Value == "e2" && nextAppended.TrySetResult();
            return false;
        };
        _world.Profiles.BeforeRead = async _ =>
        {
            await nextAppended.Task;
            throw new InvalidOperationException("Every document is damaged.");
        };
        await PublishAsync(3);
        using IngestWorker worker = new(
            _world.Queue, _world.Ingester, new DeliveryRescuer(_world.Queue, _world.Ingester), new IngestWorkerOptions { BatchSize = 2 }, _world.Clock, NullLogger<IngestWorker>.Instance);

        await Assert.ThrowsAsync<InvalidOperationException>(() => worker.DrainAsync(Token));

        Assert.Equal(3, (await _world.Queue.LeaseAsync(10, TimeSpan.FromMinutes(1), Token)).Count); // what failed would come again later only
    }

    [Fact]
    public async Task A_catalogue_that_cannot_be_asked_costs_the_join_rate_and_no_second_delivery()
    {
        int lookUps = 0;
        _world.Catalogue.BeforeFindMany = _ =>
        {
            lookUps++;
            throw new StoreUnavailableException("The catalogue is down.", TimeSpan.FromSeconds(1), null);
        };
        await PublishAsync(5);

        Assert.Equal(5, await _world.Worker.DrainAsync(Token));

        Assert.Equal((0, 1), (_world.Queue.Count, lookUps));
        Assert.Equal(5, Assert.Single(_world.Profiles.All).Recent.Count);
    }

    private Task PublishAsync(int count) => _world.Queue.PublishAsync(
        [.. Enumerable.Range(0, count).Select(i => new QueueMessage(EventWire.Encode(Some.Event($"e{i}", product: $"p{i}")), EventWire.Attributes))], Token);
}
