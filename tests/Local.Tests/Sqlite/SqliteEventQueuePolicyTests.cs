using System.Text;
using Aisle.Local.Sqlite;
using Aisle.Ports;
using Aisle.Testing;
using CsCheck;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Local.Tests.Sqlite;

/// <summary>What the queue of one machine promises beyond the port's contract.</summary>
public sealed class SqliteEventQueuePolicyTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Some.Instant);

    private string Path => _folder.File("queue.sqlite");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_message_that_keeps_failing_is_parked_with_its_bytes_and_the_reason()
    {
        using SqliteDatabase database = Open();
        using SqliteEventQueue queue = new(database, _clock, new QueuePolicy { MaxDeliveries = 3 });
        await queue.PublishAsync([Some.Message("bad")], Token);

        int deliveries = 0;
        while (queue.CountWaiting() > 0)
        {
            _clock.Advance(Longest);
            LeasedMessage message = Assert.Single(await queue.LeaseAsync(10, Lease, Token));
            Assert.Equal(++deliveries, message.DeliveryAttempt);
            await queue.RetryAsync([new FailedDelivery(message.LeaseId, "boom")], Token);
        }

        Assert.Equal(3, deliveries);
        ParkedMessage parked = Assert.Single(queue.ReadParked(10));
        Assert.Equal("bad", Encoding.UTF8.GetString(parked.Data.Span));
        Assert.Equal("event", parked.Attributes["kind"]);
        Assert.Equal("Delivery 3 of 3 failed: boom", parked.Reason);
    }

    [Fact]
    public async Task A_message_that_kills_its_process_each_time_is_parked()
    {
        using (SqliteDatabase database = Open())
        {
            using SqliteEventQueue queue = new(database, _clock);
            await queue.PublishAsync([Some.Message("killer")], Token);
        }

        for (int life = 1; life <= new QueuePolicy().MaxDeliveries; life++)
        {
            using SqliteDatabase database = Open();
            using SqliteEventQueue queue = new(database, _clock);
            Assert.Equal(life, Assert.Single(await queue.LeaseAsync(10, Lease, Token)).DeliveryAttempt);
        }

        using SqliteDatabase last = Open();
        using SqliteEventQueue after = new(last, _clock);
        Assert.Empty(await after.LeaseAsync(10, Lease, Token));
        Assert.Equal("killer", Encoding.UTF8.GetString(Assert.Single(after.ReadParked(10)).Data.Span));
        Assert.Equal(0, after.CountWaiting());
    }

    [Fact]
    public async Task A_new_process_has_at_once_what_a_dead_one_had_leased()
    {
        using (SqliteDatabase database = Open())
        {
            using SqliteEventQueue queue = new(database, _clock);
            await queue.PublishAsync([.. Enumerable.Range(0, 10).Select(i => Some.Message($"{i}"))], Token);
            IReadOnlyList<LeasedMessage> leased = await queue.LeaseAsync(6, Lease, Token);
            await queue.AcknowledgeAsync([leased[1].LeaseId, leased[4].LeaseId], Token);
        }

        using SqliteDatabase again = Open();
        using SqliteEventQueue successor = new(again, _clock);
        IReadOnlyList<LeasedMessage> all = await successor.LeaseAsync(100, Lease, Token);
        Assert.Equal(["0", "2", "3", "5", "6", "7", "8", "9"], all.Select(message => Encoding.UTF8.GetString(message.Data.Span)).Order());
    }

    [Fact]
    public void The_delay_doubles_to_its_cap_with_jitter_of_the_message_and_is_the_same_each_time()
    {
        QueuePolicy policy = new();

        Assert.All(Enumerable.Range(1, 60), attempt =>
        {
            double whole = Math.Min(500 * Math.Pow(2, attempt - 1), 600_000);
            Assert.InRange(policy.DelayAfter("7", attempt).TotalMilliseconds, whole / 2, whole);
            Assert.Equal(policy.DelayAfter("7", attempt), new QueuePolicy().DelayAfter("7", attempt));
        });
        Assert.Equal(100, Enumerable.Range(0, 100).Select(id => policy.DelayAfter($"{id}", 5)).Distinct().Count());
    }

    [Fact]
    public async Task A_parked_message_is_kept_for_ninety_days_and_no_longer()
    {
        using SqliteDatabase database = Open();
        using SqliteEventQueue queue = new(database, _clock);
        DateTimeOffset ofAShopOfThePast = _clock.GetUtcNow() - TimeSpan.FromDays(4_000);
        await queue.ParkAsync([new ParkedMessage("old", new byte[] { 1 }, new Dictionary<string, string>(), "why", ofAShopOfThePast)], Token);
        await queue.LeaseAsync(1, Lease, Token);

        _clock.Advance(TimeSpan.FromDays(90));
        await queue.LeaseAsync(1, Lease, Token);
        Assert.Single(queue.ReadParked(10));

        _clock.Advance(TimeSpan.FromHours(1));
        await queue.LeaseAsync(1, Lease, Token);
        Assert.Empty(queue.ReadParked(10));
    }

    [Fact]
    public async Task Parked_messages_are_put_back_or_dropped_by_id_or_all()
    {
        using SqliteDatabase database = Open();
        using SqliteEventQueue queue = new(database, _clock);
        await queue.ParkAsync([.. "abcd".Select(id => new ParkedMessage($"{id}", new[] { (byte)id }, new Dictionary<string, string>(), "why", Some.Instant))], Token);

        Assert.Equal(1, (await queue.DropAsync(["b"], Token)).Count);
        Assert.Equal(1, (await queue.UnparkAsync(["c"], Token)).Count);
        Assert.Equal(["a", "d"], queue.ReadParked(10).Select(parked => parked.MessageId));
        Assert.Equal("c", Encoding.UTF8.GetString(Assert.Single(await queue.LeaseAsync(10, Lease, Token)).Data.Span));
        Assert.Equal(2, (await queue.UnparkAsync(null, Token)).Count);
        Assert.Empty(queue.ReadParked(10));
        Assert.Equal(2, (await queue.LeaseAsync(10, Lease, Token)).Count);
    }

    [Fact]
    public async Task Where_one_of_the_named_is_not_parked_it_is_told_and_nothing_is_changed()
    {
        using SqliteDatabase database = Open();
        using SqliteEventQueue queue = new(database, _clock);
        await queue.ParkAsync([new ParkedMessage("a", new byte[] { 1 }, new Dictionary<string, string>(), "why", Some.Instant)], Token);

        ParkedChange dropped = await queue.DropAsync(["a", "nope"], Token);
        ParkedChange unparked = await queue.UnparkAsync(["nope", "nope", "a"], Token);

        Assert.Equal((0, "nope"), (dropped.Count, Assert.Single(dropped.Unknown)));
        Assert.Equal((0, "nope"), (unparked.Count, Assert.Single(unparked.Unknown)));
        Assert.Single(queue.ReadParked(10));
        Assert.Empty(await queue.LeaseAsync(10, Lease, Token));
    }

    [Fact]
    public async Task A_queue_that_is_too_far_behind_refuses_more_and_takes_it_again_later()
    {
        using SqliteDatabase database = Open();
        using SqliteEventQueue queue = new(database, _clock, new QueuePolicy { MaxWaiting = 5 });
        await queue.PublishAsync([.. Enumerable.Range(0, 6).Select(i => Some.Message($"{i}"))], Token);

        StoreUnavailableException refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => queue.PublishAsync([Some.Message()], Token));
        Assert.Contains("the worker does not keep up", refused.Message);
        await queue.AcknowledgeAsync([.. (await queue.LeaseAsync(3, Lease, Token)).Select(message => message.LeaseId)], Token);
        await queue.PublishAsync([Some.Message()], Token);

        Assert.Equal(4, queue.CountWaiting());
    }

    [Fact]
    public async Task A_full_disk_refuses_the_batch_whole_with_the_remedy_and_keeps_what_was_accepted()
    {
        using SqliteDatabase database = new(Path, isDurable: true, SqliteEventQueue.Schema + "PRAGMA max_page_count = 40;");
        using SqliteEventQueue queue = new(database, _clock);
        QueueMessage[] batch = [.. Enumerable.Range(0, 20).Select(_ => new QueueMessage(new byte[1000], new Dictionary<string, string>()))];
        int accepted = 0;
        StoreUnavailableException? full = null;
        while (full is null)
        {
            full = await Record.ExceptionAsync(() => queue.PublishAsync(batch, Token)) as StoreUnavailableException;
            accepted += full is null ? batch.Length : 0;
        }

        Assert.Contains("free some space", full.Message);
        Assert.Equal(accepted, queue.CountWaiting());
        IReadOnlyList<LeasedMessage> leased = await queue.LeaseAsync(accepted, Lease, Token);
        Assert.Equal(accepted, leased.Count);
        await queue.AcknowledgeAsync([.. leased.Select(message => message.LeaseId)], Token);
        await queue.PublishAsync(batch, Token); // space was freed, and nothing more was needed
        Assert.Equal(batch.Length, queue.CountWaiting());
    }

    [Fact]
    public async Task A_locked_file_refuses_with_the_remedy_and_works_again_once_the_lock_is_gone()
    {
        using SqliteDatabase database = new(Path, isDurable: true, SqliteEventQueue.Schema, TimeSpan.FromSeconds(1));
        using SqliteEventQueue queue = new(database, _clock);
        using SqliteConnection other = new($"Data Source={Path};Pooling=false");
        other.Open();
        using (SqliteTransaction held = other.BeginTransaction(deferred: false))
        {
            StoreUnavailableException locked = await Assert.ThrowsAsync<StoreUnavailableException>(() => queue.PublishAsync([Some.Message()], Token));
            Assert.Contains("locked by another process", locked.Message);
        }

        await queue.PublishAsync([Some.Message()], Token);
        Assert.Equal(1, queue.CountWaiting());
    }

    [Fact]
    public async Task Many_senders_at_once_lose_and_double_nothing()
    {
        using SqliteDatabase database = Open();
        using SqliteEventQueue queue = new(database, _clock);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => queue.PublishAsync([Some.Message($"{i}/a"), Some.Message($"{i}/b")], Token), Token)));

        IReadOnlyList<LeasedMessage> leased = await queue.LeaseAsync(1000, Lease, Token);
        Assert.Equal(400, leased.Select(message => Encoding.UTF8.GetString(message.Data.Span)).Distinct().Count());
        Assert.Equal(400, leased.Count);
    }

    /// <summary>Whatever is done in whatever order, each message is in exactly one place: acknowledged, waiting or parked.</summary>
    [Fact]
    public void Any_history_of_leases_failures_and_deaths_loses_nothing() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[1, 5]).Array[1, 40].Sample(
            steps =>
            {
                using TemporaryFolder folder = new();
                QueueWalk walk = new(folder.File("queue.sqlite"));
                try
                {
                    foreach ((int action, int count) in steps)
                    {
                        walk.StepAsync(action, count, Token).GetAwaiter().GetResult();
                    }

                    walk.AssertNothingIsLost();
                }
                finally
                {
                    walk.Dispose();
                }
            },
            iter: 40, threads: 1);

    private SqliteDatabase Open() => new(Path, isDurable: true, SqliteEventQueue.Schema + SqliteEventQueue.ForgetLeases);
}
