using System.Globalization;
using Aisle.Candidates.Hybrid;
using Aisle.GoogleCloud;
using Aisle.GoogleCloud.Firestore;
using Aisle.GoogleCloud.PubSub;
using Aisle.GoogleCloud.Training;
using Aisle.Ports;
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
/// <param name="logger">Told how far the training is, and what BigQuery ML says of its own fit.</param>
public sealed partial class WarehouseListWriter(
    WarehouseTrainer trainer, TrainingOptions options, FirestoreShardLedger ledger, ShardPublisher publisher, TimeProvider clock,
    ILogger<WarehouseListWriter> logger) : IListWriter
{
    /// <summary>A shard without a sign of life for this long is handed out again; doing it twice writes the same lists twice.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromHours(2);

    /// <summary>Which share of BigQuery ML's own lists ours, made of its factors, should find again; ties and rounding cost some.</summary>
    private const double LeastAgreement = 0.8;

    /// <inheritdoc/>
    public async Task<ListProgress> AdvanceAsync(string modelVersion, DateTimeOffset asOf, HybridWeights? weights, CancellationToken cancellationToken)
    {
        try
        {
            TrainingProgress training = await trainer.AdvanceAsync(modelVersion, asOf, cancellationToken);
            if (training.IsDone)
            {
                return await SpreadAsync(modelVersion, asOf, weights, cancellationToken);
            }

            LogTraining(modelVersion, training.Done, training.Total, training.Current);
            return new ListProgress(0, options.Shards);
        }
        catch (TrainingRefusedException refused)
        {
            throw new RunFailedException(refused.Message);
        }
    }

    private async Task<ListProgress> SpreadAsync(string modelVersion, DateTimeOffset asOf, HybridWeights? weights, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        IReadOnlyDictionary<int, Versioned<ShardRecord>> known = await ledger.ReadAsync(modelVersion, cancellationToken);
        (ShardRecord Shard, string? Tag)[] due = [.. Enumerable.Range(0, options.Shards)
            .Where(shard => !known.TryGetValue(shard, out Versioned<ShardRecord>? begun) || (!begun.Value.IsDone && now - begun.Value.ChangedAt >= Lost))
            .Select(shard => ((known.GetValueOrDefault(shard)?.Value ?? new ShardRecord(shard, Written: 0, IsDone: false, now)) with { ChangedAt = now }, known.GetValueOrDefault(shard)?.Tag))];
        await publisher.PublishAsync(due.Select(handed => new ShardMessage(modelVersion, asOf, handed.Shard.Shard, weights)), cancellationToken);
        await ledger.HandOutAsync(modelVersion, due, cancellationToken);
        int done = known.Values.Count(shard => shard.Value.IsDone);
        if (known.Count == 0 || done == options.Shards)
        {
            await EvaluateAsync(modelVersion, asOf, cancellationToken);
        }

        return new ListProgress(done, options.Shards - done);
    }

    /// <summary>Begun with the first shards, told with the last. It decides nothing: it is of the training data, and the gate judges by a holdout by
    /// time; so its failure costs nobody the lists.</summary>
    private async Task EvaluateAsync(string modelVersion, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        try
        {
            if (await trainer.EvaluateAsync(modelVersion, asOf, cancellationToken) is { } figures)
            {
                LogFit(modelVersion, string.Join(", ", figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value:0.####}"))));
                if (figures.TryGetValue(WarehouseTrainer.Agreement, out double agreement) && agreement < LeastAgreement)
                {
                    LogDisagreement(modelVersion, agreement);
                }
            }
        }
        catch (Exception fault) when (fault is TrainingRefusedException || (PassingFaults.Is(fault) && !cancellationToken.IsCancellationRequested))
        {
            LogNoFit(modelVersion, fault);
        }
    }

    [LoggerMessage(LogLevel.Information, "BigQuery trains {Version}: {Done} of {Total} steps are done, {Step} is under way")]
    private partial void LogTraining(string version, int done, int total, string? step);

    [LoggerMessage(LogLevel.Information, "BigQuery ML on its fit of {Version}: {Figures}")]
    private partial void LogFit(string version, string figures);

    [LoggerMessage(LogLevel.Warning, "BigQuery ML recommends other products by {Version} than its factors do: {Agreement} of them are found again. Look at google/Sql/Training/evaluation.sql; "
        + "until it is understood, AISLE_TRAINER=process makes the lists without BigQuery ML.")]
    private partial void LogDisagreement(string version, double agreement);

    [LoggerMessage(LogLevel.Warning, "BigQuery ML could not judge {Version}; its lists are not affected.")]
    private partial void LogNoFit(string version, Exception fault);
}
