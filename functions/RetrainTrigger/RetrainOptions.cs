using Aisle.Candidates.Training;
using Aisle.RetrainTrigger.Drift;
using Aisle.RetrainTrigger.Gate;
using Aisle.RetrainTrigger.Recipes;

namespace Aisle.RetrainTrigger;

/// <summary>How models are trained, judged and kept.</summary>
public sealed record RetrainOptions
{
    /// <summary>Where runs keep what they have done so far, one folder a run.</summary>
    public required string RunsFolder { get; init; }

    /// <summary>How models are made.</summary>
    public ModelRecipe Recipe { get; init; } = new();

    /// <summary>How many days before now are held out to judge by. Default 7; doubled up to twice when they hold
    /// too few shoppers.</summary>
    public int HoldoutDays { get; init; } = 7;

    /// <summary>How many held-out shoppers a judgement needs. Default 20.</summary>
    public int MinJudgedUsers { get; init; } = 20;

    /// <summary>How many held-out shoppers judge at most; drawn by chance, by a fixed seed. Default 20,000.</summary>
    public int MaxJudgedUsers { get; init; } = 20_000;

    /// <summary>How often settings and weights are learnt anew on a validation split, for what is trained from then on. Default weekly.
    /// Where too few shoppers came back to learn from, the recipe is followed as it is configured.</summary>
    public TuningSchedule Tuning { get; init; } = TuningSchedule.Weekly;

    /// <summary>How long learning them may take; half for the factors, of which the first trial always runs, half for
    /// the weights. Default 4 minutes.</summary>
    public TimeSpan TuningBudget { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>The same for a shop's first model, which should serve soon: it is searched on a coarse grid, and the next night's
    /// run searches on. Default 1 minute.</summary>
    public TimeSpan FirstTuningBudget { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>By which share NDCG may fall below that of the serving model, and below the median of the latest
    /// promoted ones. Default 0.2; in [0, 1].</summary>
    public double MaxDrop { get; init; } = 0.2;

    /// <summary>For how long a worker holds a run without a sign of life. Default 2 minutes.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a worker gives a sign of life, which renews its lease and tells it of a cancellation.
    /// Default 10 seconds.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How old a run whose worker died may be to be resumed; an older one gives way to a new run. Default 12 hours.</summary>
    public TimeSpan ResumeWithin { get; init; } = TimeSpan.FromHours(12);

    /// <summary>By which share the catalogue, the user base or the feedback may shrink against the last promoted
    /// model. Default 0.3; in [0, 1].</summary>
    public double MaxShrink { get; init; } = 0.3;

    /// <summary>By which share the hybrid's coverage may fall below the last promoted model's. Default 0.5; in [0, 1].</summary>
    public double MaxCoverageDrop { get; init; } = 0.5;

    /// <summary>What the shadow diff allows between the serving model and the new one.</summary>
    public ShadowOptions Shadow { get; init; } = new();

    /// <summary>When what shoppers are shown from day to day counts as drifted.</summary>
    public DriftOptions Drift { get; init; } = new();

    /// <summary>From which age on a model is stale, counted from its newest event. Default 36 hours.</summary>
    public TimeSpan MaxModelAge { get; init; } = TimeSpan.FromHours(36);

    /// <summary>From which age on batch features count as stale, counted from the moment of the run that wrote
    /// them last. Default 48 hours.</summary>
    public TimeSpan MaxFeatureAge { get; init; } = TimeSpan.FromHours(48);

    /// <summary>From which age on precomputed candidate lists count as stale. Default 48 hours.</summary>
    public TimeSpan MaxCandidateAge { get; init; } = TimeSpan.FromHours(48);

    /// <summary>How many bundles are kept, the serving one included. Default 3.</summary>
    public int KeptModels { get; init; } = 3;

    /// <summary>For how long one trigger works on a run before it leaves the rest to the next; a step that was begun is ended first, save
    /// lists that are written elsewhere. Zero does one step for each trigger; null, the default, works the run off.</summary>
    public TimeSpan? TimePerTrigger { get; init; }

    /// <summary>Whether a trigger answers at once and the run goes on in this process (one machine), or the answer waits for the run (a
    /// cloud function). Default false.</summary>
    public bool RunsInBackground { get; init; }
}
