using System.Buffers;
using System.Text.Json;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Requests;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using EventId = Aisle.Events.EventId;

namespace Aisle.ScoreUser.Serving;

/// <summary>Makes slates that nobody sees as soon as a model serves: what runs for the first time is compiled first, and the shopper who met it would get a slate without diversity and
/// reasons for lack of time. It begins when the host listens, so that it delays no start; requests are answered meanwhile, and <c>/readyz</c> waits.</summary>
/// <param name="scorer">Makes them.</param>
/// <param name="state">The model.</param>
/// <param name="options">How often a missing model is looked for.</param>
/// <param name="clock">Now.</param>
/// <param name="logger">Told when a slate cannot be made.</param>
public sealed class SlateWarmer(UserScorer scorer, ServingState state, ScoreUserOptions options, TimeProvider clock, ILogger<SlateWarmer> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How many products shoppers of each tier have touched, the usual tier first.</summary>
    private static readonly int[] Touches = [SessionFeatures.DistinctCapacity + 2, 0, 2, 4];

    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isWarm;

    /// <summary>Whether every kind of slate was made once, or failed.</summary>
    public bool IsWarm => _isWarm;

    /// <summary>Makes a slate of each surface for a shopper of each tier; nothing is logged, counted or an exposure.</summary>
    /// <param name="view">What serves.</param>
    /// <param name="cancellationToken">Stops early.</param>
    /// <returns>What was made.</returns>
    public async Task<IReadOnlyList<ScoreOutcome>> WarmUpAsync(ServingView view, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        ProductId[] products = [.. view.Model.ByPopularity.Take(Touches.Max() + 1).Select(item => view.Model.Bundle.Products[item].Id)];
        if (products.Length == 0)
        {
            return [];
        }

        UserId nobody = new("warm-up");
        List<ScoreOutcome> made = [];
        ArrayBufferWriter<byte> answer = new();
        Visit read = await scorer.VisitAsync(new SlateRequest { User = nobody, Budget = Patience, IsShown = false }, cancellationToken); // finds nothing, by the same way
        foreach (Surface surface in Enum.GetValues<Surface>().Where(surface => surface != Surface.Rerank))
        {
            SlateRequest request = new() { User = nobody, Surface = surface, Product = products[0], Cart = [products[^1]], Budget = Patience, IsShown = false };
            foreach (int touches in Touches)
            {
                cancellationToken.ThrowIfCancellationRequested();
                made.Add(scorer.Score(request, read with { View = view, User = nobody, Shopper = new Shopper(ProfileOf(nobody, products.Take(touches)), null, []) }));
                Write(answer, made[^1]);
            }
        }

        return made;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins: the host listens.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _listening.TrySetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.ManifestInterval, clock);
        try
        {
            await _listening.Task.WaitAsync(stoppingToken);
            while (state.View is null)
            {
                await timer.WaitForNextTickAsync(stoppingToken);
            }

            await WarmUpAsync(state.View, stoppingToken);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
        {
            // Broad: whatever fails here fails in a request too, where it is answered; an instance that never gets ready would answer nothing.
            logger.LogWarning(fault, "A slate could not be made ahead of the first request.");
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("The host ended before the first slates were made ready.");
        }

        _isWarm = true;
    }

    private static void Write(ArrayBufferWriter<byte> answer, ScoreOutcome outcome)
    {
        answer.ResetWrittenCount();
        using Utf8JsonWriter json = new(answer);
        SlateJson.Write(json, outcome, rawUser: null);
    }

    private ShopperProfile? ProfileOf(UserId user, IEnumerable<ProductId> touched)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return SessionFeatures.Merge(null, user, [.. touched.Select((product, index) => new InteractionEvent
        {
            Id = new EventId($"warm-up-{index}"),
            User = user,
            Type = index == 1 ? EventType.Purchase : EventType.View,
            Product = product,
            OccurredAt = now.AddMinutes(-index),
            IngestedAt = now,
        })]);
    }
}
