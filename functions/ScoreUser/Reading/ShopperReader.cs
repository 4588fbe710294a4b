using Aisle.Candidates.Lists;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Aisle.ScoreUser.Reading;

/// <summary>The two store reads of a request, side by side, each with a deadline. Whatever a store does, the slate
/// goes on: what is missing is named.</summary>
/// <remarks>A store that keeps failing or hanging is not asked for a while (circuit breaker), so that it costs no
/// request its deadline.</remarks>
public sealed class ShopperReader
{
    private static readonly ResiliencePropertyKey<TimeSpan> Deadline = new("deadline");

    private readonly IProfileStore _profiles;
    private readonly ICandidateStore _candidates;
    private readonly ScoreUserOptions _options;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline _profileBreaker;
    private readonly ResiliencePipeline _listBreaker;
    private readonly ResiliencePipeline _patience;

    /// <summary>Reads from two stores.</summary>
    /// <param name="profiles">The session features.</param>
    /// <param name="candidates">The precomputed lists.</param>
    /// <param name="options">The deadline, and when a store is left alone.</param>
    /// <param name="clock">Counts, and says what has expired.</param>
    public ShopperReader(IProfileStore profiles, ICandidateStore candidates, ScoreUserOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _profiles = profiles;
        _candidates = candidates;
        _options = options;
        _clock = clock;
        _profileBreaker = Breaker(options, clock);
        _listBreaker = Breaker(options, clock);
        _patience = Patience(clock);
    }

    /// <summary>Reads what is known of a shopper.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="modelVersion">The version whose list counts; null when no list is wanted.</param>
    /// <param name="budget">The request's; a read gets no more than what is left of it.</param>
    /// <param name="cancellationToken">The caller gave up.</param>
    public async Task<Shopper> ReadAsync(UserId user, string? modelVersion, TimeBudget budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(budget);
        TimeSpan deadline = budget.Left < _options.ReadDeadline ? budget.Left : _options.ReadDeadline;
        Task<(Versioned<ShopperProfile>? Value, Degradation? Fault)> profile =
            TryAsync("profile", _profileBreaker, token => _profiles.ReadAsync(user, token), deadline, cancellationToken);
        Task<(CandidateList? Value, Degradation? Fault)> list = modelVersion is null
            ? Task.FromResult<(CandidateList?, Degradation?)>((null, null))
            : TryAsync("candidates", _listBreaker, token => _candidates.ReadAsync(modelVersion, user, token), deadline, cancellationToken);
        (Versioned<ShopperProfile>? found, Degradation? profileFault) = await profile;
        (CandidateList? precomputed, Degradation? listFault) = await list;
        return new Shopper(
            SessionFeatures.Live(found?.Value, _clock.GetUtcNow()), precomputed,
            profileFault is null && listFault is null ? [] : [.. new[] { profileFault, listFault }.OfType<Degradation>()]);
    }

    private static ResiliencePipeline Breaker(ScoreUserOptions options, TimeProvider clock) => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = options.BreakerThroughput,
            SamplingDuration = options.BreakerSampling,
            BreakDuration = options.BreakerPause,
        })
        .Build();

    private static ResiliencePipeline Patience(TimeProvider clock) => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = static call => new ValueTask<TimeSpan>(call.Context.Properties.GetValue(Deadline, default)) })
        .Build();

    private async Task<(T? Value, Degradation? Fault)> TryAsync<T>(
        string stage, ResiliencePipeline breaker, Func<CancellationToken, Task<T?>> read, TimeSpan deadline, CancellationToken cancellationToken)
        where T : class
    {
        if (deadline <= TimeSpan.Zero)
        {
            return (null, new Degradation(stage, "late"));
        }

        ResilienceContext call = ResilienceContextPool.Shared.Get(cancellationToken);
        call.Properties.Set(Deadline, deadline);
        try
        {
            return (await breaker.ExecuteAsync(static (call, asked) => asked.Reader.InTimeAsync(call, asked.Read, call.CancellationToken), call, (Reader: this, Read: read)), null);
        }
        catch (TimeoutRejectedException)
        {
            return (null, new Degradation(stage, "late"));
        }
        catch (BrokenCircuitException)
        {
            return (null, new Degradation(stage, "left alone for a while after repeated failures"));
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is not OutOfMemoryException)
        {
            return (null, new Degradation(stage, fault is InvalidDataException ? "damaged" : "store failed"));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(call);
        }
    }

    /// <summary>The read's value. Most stores of one machine have answered when they return: then no timer is set. A read that is late
    /// is told so, and left to itself.</summary>
    private async ValueTask<T?> InTimeAsync<T>(ResilienceContext call, Func<CancellationToken, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<T?> reading = read(late.Token);
        if (reading.IsCompleted)
        {
            return await reading;
        }

        try
        {
            return await _patience.ExecuteAsync(static (call, reading) => new ValueTask<T?>(reading.WaitAsync(call.CancellationToken)), call, reading);
        }
        catch (TimeoutRejectedException)
        {
            await late.CancelAsync();
            throw;
        }
    }
}
