using System.Globalization;
using Aisle.Candidates.Hybrid;
using Aisle.GoogleCloud.Firestore;
using Aisle.GoogleCloud.PubSub;
using Aisle.GoogleCloud.Training;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;
using Microsoft.Extensions.Logging;

namespace Aisle.RetrainTrigger.GoogleCloud;

/// <summary>Lists for more shoppers than one process can serve: BigQuery trains and computes, a topic spreads the shards over workers, and
/// each tick looks how far they are.</summary>
/// <param name="trainer">Trains inside BigQuery.</param>
/// <param name="options">How many shards there are.</param>
/// <param name="ledger">How far each is.</param>
/// <param name="publisher">Hands them out.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Told what BigQuery ML says of its own fit.</param>
public sealed partial class WarehouseListWriter(
    WarehouseTrainer trainer, TrainingOptions options, FirestoreShardLedger ledger, ShardPublisher publisher, TimeProvider clock,
    ILogger<WarehouseListWriter> logger) : IListWriter
{
    /// <summary>A shard without a sign of life for this long is handed out again; doing it twice writes the same lists twice.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromHours(2);

    /// <inheritdoc/>
    public async Task<ListProgress> AdvanceAsync(string modelVersion, DateTimeOffset asOf, HybridWeights? weights, CancellationToken cancellationToken)
    {
        try
        {
            TrainingProgress training = await trainer.AdvanceAsync(modelVersion, asOf, cancellationToken);
            return training.IsDone ? await SpreadAsync(modelVersion, asOf, weights, cancellationToken) : new ListProgress(0, options.Shards);
        }
        catch (TrainingRefusedException refused)
        {
            throw new RunFailedException(refused.Message);
        }
    }

    private async Task<ListProgress> SpreadAsync(string modelVersion, DateTimeOffset asOf, HybridWeights? weights, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        IReadOnlyDictionary<int, ShardRecord> known = await ledger.ReadAsync(modelVersion, cancellationToken);
        if (known.Count == 0 && await trainer.EvaluateAsync(modelVersion, asOf, cancellationToken) is { } figures)
        {
            LogFit(modelVersion, string.Join(", ", figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value:0.####}"))));
        }

        ShardRecord[] due = [.. Enumerable.Range(0, options.Shards)
            .Select(shard => known.GetValueOrDefault(shard) ?? new ShardRecord(shard, Written: 0, IsDone: false, DateTimeOffset.MinValue))
            .Where(shard => !shard.IsDone && now - shard.ChangedAt >= Lost)];
        await publisher.PublishAsync(due.Select(shard => new ShardMessage(modelVersion, asOf, shard.Shard, weights)), cancellationToken);
        await ledger.WriteAsync(modelVersion, due.Select(shard => shard with { ChangedAt = now }), cancellationToken);
        int done = known.Values.Count(shard => shard.IsDone);
        return new ListProgress(done, options.Shards - done);
    }

    /// <summary>On the training data: it decides nothing, the gate judges by a holdout by time.</summary>
    [LoggerMessage(LogLevel.Information, "BigQuery ML on its fit of {Version}: {Figures}")]
    private partial void LogFit(string version, string figures);
}
