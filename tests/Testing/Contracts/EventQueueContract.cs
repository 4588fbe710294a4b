using System.Text;
using Aisle.Events;
using Aisle.Ports;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Testing.Contracts;

/// <summary>What every queue promises.</summary>
public abstract class EventQueueContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>The clock by which leases run out.</summary>
    protected FakeTimeProvider Clock { get; } = new(Some.Instant);

    protected abstract Task<IEventQueue> CreateAsync();

    /// <summary>The attempt that a message has after it was given back untried once: another one only where the
    /// service counts every delivery.</summary>
    protected virtual int AttemptAfterRelease => 1;

    /// <summary>Whether the queue can look into what it holds. On Google what is parked lies in the warehouse,
    /// and goes with the rest of it.</summary>
    protected virtual bool LooksIntoWhatItHolds => true;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_published_is_delivered_byte_for_byte_with_its_attributes()
    {
        IEventQueue queue = await CreateAsync();
        await queue.PublishAsync([Some.Message("grüße")], Token);

        LeasedMessage message = Assert.Single(await queue.LeaseAsync(10, Lease, Token));

        Assert.Equal("grüße", Encoding.UTF8.GetString(message.Data.Span));
        Assert.Equal("event", message.Attributes["kind"]);
        Assert.Equal(1, message.DeliveryAttempt);
    }

    [Fact]
    public async Task A_leased_message_is_hidden_until_its_lease_runs_out_and_then_comes_again()
    {
        IEventQueue queue = await CreateAsync();
        await queue.PublishAsync([Some.Message()], Token);
        LeasedMessage first = Assert.Single(await queue.LeaseAsync(10, Lease, Token));

        Assert.Empty(await queue.LeaseAsync(10, Lease, Token));
        Clock.Advance(Lease + TimeSpan.FromSeconds(1));
        LeasedMessage second = Assert.Single(await queue.LeaseAsync(10, Lease, Token));

        Assert.Equal(first.MessageId, second.MessageId);
        Assert.Equal(2, second.DeliveryAttempt);
    }

    [Fact]
    public async Task An_acknowledged_message_never_comes_again()
    {
        IEventQueue queue = await CreateAsync();
        await queue.PublishAsync([Some.Message()], Token);
        LeasedMessage message = Assert.Single(await queue.LeaseAsync(10, Lease, Token));

        await queue.AcknowledgeAsync([message.LeaseId], Token);
        Clock.Advance(Lease + Lease);

        Assert.Empty(await queue.LeaseAsync(10, Lease, Token));
    }

    [Fact]
    public async Task An_acknowledgement_that_comes_after_the_message_was_leased_anew_is_ignored()
    {
        IEventQueue queue = await CreateAsync();
        await queue.PublishAsync([Some.Message()], Token);
        LeasedMessage stale = Assert.Single(await queue.LeaseAsync(10, Lease, Token));
        Clock.Advance(Lease + TimeSpan.FromSeconds(1));
        await queue.LeaseAsync(10, Lease, Token);

        await queue.AcknowledgeAsync([stale.LeaseId, "nonsense"], Token);
        Clock.Advance(Lease + TimeSpan.FromSeconds(1));

        Assert.Single(await queue.LeaseAsync(10, Lease, Token));
    }

    [Fact]
    public async Task A_released_message_comes_again_after_the_delay()
    {
        IEventQueue queue = await CreateAsync();
        await queue.PublishAsync([Some.Message()], Token);
        LeasedMessage message = Assert.Single(await queue.LeaseAsync(10, Lease, Token));

        await queue.ReleaseAsync([message.LeaseId], TimeSpan.FromSeconds(5), Token);

        Assert.Empty(await queue.LeaseAsync(10, Lease, Token));
        Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Single(await queue.LeaseAsync(10, Lease, Token));
    }

    [Fact]
    public async Task Giving_a_message_back_untried_does_not_count_against_it()
    {
        IEventQueue queue = await CreateAsync();
        await queue.PublishAsync([Some.Message()], Token);
        LeasedMessage message = Assert.Single(await queue.LeaseAsync(10, Lease, Token));

        await queue.ReleaseAsync([message.LeaseId], TimeSpan.Zero, Token);

        Assert.Equal(AttemptAfterRelease, Assert.Single(await queue.LeaseAsync(10, Lease, Token)).DeliveryAttempt);
    }

    [Fact]
    public async Task A_message_that_failed_comes_again_later_and_counts()
    {
        IEventQueue queue = await CreateAsync();
        await queue.PublishAsync([Some.Message()], Token);
        LeasedMessage message = Assert.Single(await queue.LeaseAsync(10, Lease, Token));

        await queue.RetryAsync([new FailedDelivery(message.LeaseId, "boom"), new FailedDelivery("nonsense", "boom")], Token);
        Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal(2, Assert.Single(await queue.LeaseAsync(10, Lease, Token)).DeliveryAttempt);
    }

    [Fact]
    public async Task A_lease_takes_no_more_than_asked_for()
    {
        IEventQueue queue = await CreateAsync();
        await queue.PublishAsync([.. Enumerable.Range(0, 7).Select(i => Some.Message($"{i}"))], Token);

        IReadOnlyList<LeasedMessage> five = await queue.LeaseAsync(5, Lease, Token);
        IReadOnlyList<LeasedMessage> two = await queue.LeaseAsync(5, Lease, Token);

        Assert.Equal(5, five.Count);
        Assert.Equal(2, two.Count);
        Assert.Equal(7, five.Concat(two).Select(message => message.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task Parking_takes_any_bytes_and_may_be_repeated()
    {
        IEventQueue queue = await CreateAsync();
        ParkedMessage parked = new("m-1", new byte[] { 0, 255 }, new Dictionary<string, string>(), "event_type: unknown; send a known one", Some.Instant);

        await queue.ParkAsync([parked], Token);
        await queue.ParkAsync([parked], Token);
    }

    [Fact]
    public async Task Who_is_erased_has_no_parked_messages()
    {
        IEventQueue queue = await CreateAsync();
        await queue.ParkAsync([Parked("m-1", "{\"user_id\":\"anna\"}"), Parked("m-2", "{\"user_id\":\"berta\"}")], Token);

        int removed = await queue.EraseAsync(new UserId("anna"), Token);

        Assert.Equal(LooksIntoWhatItHolds ? 1 : 0, removed);
        Assert.Equal(0, await queue.EraseAsync(new UserId("anna"), Token));
    }

    [Fact]
    public async Task Who_is_erased_is_not_delivered_where_the_service_can_look_into_what_it_holds()
    {
        IEventQueue queue = await CreateAsync();
        await queue.PublishAsync([Some.Message("{\"user_id\":\"anna\"}"), Some.Message("{\"user_id\":\"berta\"}")], Token);

        int removed = await queue.EraseAsync(new UserId("anna"), Token);

        Assert.Equal(2 - removed, (await queue.LeaseAsync(10, Lease, Token)).Count);
    }

    [Fact]
    public async Task Who_is_erased_while_an_act_is_in_somebodys_hands_is_to_be_erased_again()
    {
        IEventQueue queue = await CreateAsync();
        await queue.PublishAsync([Some.Message("{\"user_id\":\"anna\"}")], Token);
        await queue.LeaseAsync(10, Lease, Token);
        if (!LooksIntoWhatItHolds)
        {
            Assert.Equal(0, await queue.EraseAsync(new UserId("anna"), Token));
            return;
        }

        await Assert.ThrowsAsync<ErasureDeferredException>(() => queue.EraseAsync(new UserId("anna"), Token));

        Clock.Advance(Lease + Lease);
        Assert.Equal(0, await queue.EraseAsync(new UserId("anna"), Token));
        Assert.Empty(await queue.LeaseAsync(10, Lease, Token));
    }

    private static ParkedMessage Parked(string id, string body) => new(id, Encoding.UTF8.GetBytes(body), new Dictionary<string, string>(), "unknown", Some.Instant);
}
