using System.Diagnostics.Metrics;
using Aisle.Candidates.Lists;
using Aisle.Events;
using Aisle.Ports;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Aisle.Redis;

/// <summary>Lists from a cache that may lose them, before a store that keeps them: written to both, read from the cache, and from the store where the cache has none or does not answer in time. The pointer is the store's alone.</summary>
/// <remarks>A miss does not fill the cache: a person erased meanwhile would come back. An emptied cache is full again with the next retraining.</remarks>
/// <param name="near">The cache.</param>
/// <param name="far">The store.</param>
/// <param name="clock">Counts the cache's time.</param>
public sealed class CandidateCache(ICandidateStore near, ICandidateStore far, TimeProvider clock) : ICandidateStore
{
    /// <summary>How long the cache may take to answer a read: a quarter of what a slate gives the read by default (20 ms), so that most of it is left to the store. A cache in the same zone answers in less than one.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);

    private static readonly Meter Meter = new("Aisle.Redis");
    private static readonly Counter<long> Reads = Meter.CreateCounter<long>("aisle_candidate_cache_reads", description: "Lists asked of the cache, by whether it had them.");
    private static readonly Counter<long> Faults = Meter.CreateCounter<long>("aisle_candidate_cache_faults", description: "Calls that the cache did not answer, or with damaged bytes; the store was asked instead.");

    // A cache that keeps failing or hanging is not asked for five seconds, so that it costs no slate its patience.
    private readonly ResiliencePipeline _reading = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = 20,
            SamplingDuration = TimeSpan.FromSeconds(10),
            BreakDuration = TimeSpan.FromSeconds(5),
        })
        .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = static _ => new ValueTask<TimeSpan>(Patience) }) // a fixed one must be 10 ms or more
        .Build();

    /// <summary>Writes to both. A cache that is down holds up no retraining: its shoppers are read from the store.</summary>
    public async Task WriteAsync(string modelVersion, IReadOnlyList<CandidateList> lists, CancellationToken cancellationToken)
    {
        await far.WriteAsync(modelVersion, lists, cancellationToken);
        await UnlessDownAsync(token => near.WriteAsync(modelVersion, lists, token), cancellationToken);
    }

    /// <summary>Reads from the cache, and from the store when the cache has none, does not answer in time or has been failing.</summary>
    public async Task<CandidateList?> ReadAsync(string modelVersion, UserId user, CancellationToken cancellationToken)
    {
        CandidateList? cached = null;
        await UnlessDownAsync(
            async token => cached = await _reading.ExecuteAsync(
                static async (asked, token) => await asked.Near.ReadAsync(asked.Version, asked.User, token), (Near: near, Version: modelVersion, User: user), token),
            cancellationToken);
        Reads.Add(1, new KeyValuePair<string, object?>("found", cached is not null));
        return cached ?? await far.ReadAsync(modelVersion, user, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ServingManifest?> ReadManifestAsync(CancellationToken cancellationToken) => far.ReadManifestAsync(cancellationToken);

    /// <inheritdoc/>
    public Task PublishAsync(ServingManifest manifest, CancellationToken cancellationToken) => far.PublishAsync(manifest, cancellationToken);

    /// <summary>Drops in both; what a cache that is down keeps expires by itself.</summary>
    public async Task DropAsync(string modelVersion, CancellationToken cancellationToken)
    {
        await far.DropAsync(modelVersion, cancellationToken);
        await UnlessDownAsync(token => near.DropAsync(modelVersion, token), cancellationToken);
    }

    /// <summary>Removes a shopper's lists from both.</summary>
    /// <returns>How many the store had.</returns>
    /// <exception cref="StoreUnavailableException">One of them is down: the person is not erased yet, and the call is to be repeated.</exception>
    public async Task<int> DeleteUserAsync(UserId user, CancellationToken cancellationToken)
    {
        int cached = await near.DeleteUserAsync(user, cancellationToken);
        return Math.Max(cached, await far.DeleteUserAsync(user, cancellationToken));
    }

    private static async Task UnlessDownAsync(Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        try
        {
            await ask(cancellationToken);
        }
        catch (Exception fault) when (fault is StoreUnavailableException or InvalidDataException or TimeoutRejectedException or BrokenCircuitException)
        {
            Faults.Add(1);
        }
    }
}
