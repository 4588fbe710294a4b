using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Lists;
using Aisle.Reranking;
using Aisle.ScoreUser.Reading;

namespace Aisle.ScoreUser;

/// <summary>How slates are made and how long each part may take.</summary>
public sealed record ScoreUserOptions
{
    /// <summary>What the request's chance and the slate ids follow from; a host draws it anew at each start. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How long a store may take to answer before the slate goes on without it. Default 20 ms.</summary>
    public TimeSpan ReadDeadline { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a slate may take when the request does not say; what is left out then, and in which order, see
    /// <see cref="TimeBudget"/>. Default 100 ms.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>From how many reads within <see cref="BreakerSampling"/> on a store is left alone when half of them
    /// failed or were late. Default 20.</summary>
    public int BreakerThroughput { get; init; } = 20;

    /// <summary>The time over which failures are counted. Default 10 s.</summary>
    public TimeSpan BreakerSampling { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a failing store is left alone before it is tried again. Default 5 s.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the pointer to the serving model is read. Default 30 s.</summary>
    public TimeSpan ManifestInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often price and stock changes are read. Default 0.5 s.</summary>
    public TimeSpan AvailabilityInterval { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How often merchandising rules are read. Default 2 s.</summary>
    public TimeSpan RuleInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often experiments are read. Default 5 s.</summary>
    public TimeSpan ExperimentInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From which age on a model is named as stale in <c>degradations</c>. Default 36 h.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromHours(36);

    /// <summary>Whether a stale model's personal shelf gives way to popularity. Default false: it goes on, and
    /// the degradation is named.</summary>
    public bool FallsBackWhenStale { get; init; }

    /// <summary>How many candidates are found, and at most re-ranked. Default 100.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>How many candidates are re-ranked for a shopper who bought nothing lately; each purchase of the last 30 days adds
    /// <see cref="DepthPerPurchase"/>. Default 60.</summary>
    public int LeastDepth { get; init; } = 60;

    /// <summary>See <see cref="LeastDepth"/>. Default 8.</summary>
    public int DepthPerPurchase { get; init; } = 8;

    /// <summary>How much a price far from what the shopper looks at and buys may take off a score, in 0 … 1.
    /// Default 0.1; 0 leaves prices alone.</summary>
    public double PriceFit { get; init; } = 0.1;

    /// <summary>The share that visits like the one under way have in a score, in 0 … 1: what their shoppers went on to touch moves up.
    /// Default 0.2; 0 leaves the visit to fold-in alone.</summary>
    public double SessionShare { get; init; } = 0.2;

    /// <summary>How sources are fused when an experiment does not say otherwise.</summary>
    public HybridOptions Hybrid { get; init; } = new();

    /// <summary>How a slate is composed when an experiment does not say otherwise.</summary>
    public ComposeOptions Compose { get; init; } = new();

    /// <summary>In how many slates each new product is to be served in its first days (<see cref="ColdStart.NewProductOptions.Newness"/>);
    /// 0 promises nothing. Default 50.</summary>
    public int PromisedExposure { get; init; } = 50;

    /// <summary>How much likelier, beside one whose promise is kept, exploration draws a new product that was not shown yet: 1 + this. It
    /// falls as the product is shown. Default 4.</summary>
    public double PromiseBoost { get; init; } = 4;

    /// <summary>Whether the log keeps what each slate followed from, so that it can be made again: one to three
    /// kilobytes a slate. Default true.</summary>
    public bool LogsInputs { get; init; } = true;

    /// <summary>The most slates that wait to be logged; more are dropped and counted, so that logging never slows
    /// an answer. Default 50,000.</summary>
    public int LogCapacity { get; init; } = 50_000;

    /// <summary>Whether a model is older than <see cref="StaleAfter"/>, counted from the newest event that it was trained on.</summary>
    public bool IsStale(ServingManifest manifest, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return now - manifest.NewestEventAt > StaleAfter;
    }
}
