using Aisle.GoogleCloud.Firestore;
using Aisle.Ports;
using Aisle.Testing;

namespace Aisle.GoogleCloud.Tests.Firestore;

/// <summary>How far each shard is, where ticks and workers write at the same time.</summary>
public sealed class FirestoreShardLedgerTests(GoogleFixture fixture) : GoogleTest(fixture)
{
    private FirestoreShardLedger Ledger => field ??= new FirestoreShardLedger(GoogleClients.Firestore(Options), Impatient);

    [Fact]
    public async Task A_worker_that_is_quicker_than_the_tick_that_handed_its_shard_out_keeps_its_record()
    {
        ShardRecord done = new(3, 250, IsDone: true, Some.Instant);
        await Ledger.WriteAsync("v1", [done], Token);

        await Ledger.HandOutAsync("v1", [(new ShardRecord(3, 0, IsDone: false, Some.Instant), null), (new ShardRecord(4, 0, IsDone: false, Some.Instant), null)], Token);

        Assert.Equal(done, await Ledger.ReadAsync("v1", 3, Token));
        Assert.False((await Ledger.ReadAsync("v1", Token))[4].Value.IsDone);
    }

    [Fact]
    public async Task A_shard_that_is_handed_out_again_keeps_its_place()
    {
        await Ledger.WriteAsync("v1", [new ShardRecord(3, 250, IsDone: false, Some.Instant)], Token);
        Versioned<ShardRecord> lost = (await Ledger.ReadAsync("v1", Token))[3];

        await Ledger.HandOutAsync("v1", [(lost.Value with { ChangedAt = Some.Instant.AddHours(3) }, lost.Tag)], Token);

        Assert.Equal(new ShardRecord(3, 250, IsDone: false, Some.Instant.AddHours(3)), await Ledger.ReadAsync("v1", 3, Token));
    }
}
