using Aisle.Candidates;

namespace Aisle.RetrainTrigger;

/// <summary>How models are trained, judged and kept.</summary>
public sealed record RetrainOptions
{
    /// <summary>Where runs keep what they have done so far, one folder a run.</summary>
    public required string RunsFolder { get; init; }

    /// <summary>How models are made.</summary>
    public ModelRecipe Recipe { get; init; } = new();

    /// <summary>How many days before now are held out to judge by. Default 7; doubled up to twice when they hold too few shoppers.</summary>
    public int HoldoutDays { get; init; } = 7;

    /// <summary>How many held-out shoppers a judgement needs. Default 20.</summary>
    public int MinJudgedUsers { get; init; } = 20;

    /// <summary>By which share NDCG may fall below that of the last promoted model. Default 0.2; in [0, 1].</summary>
    public double MaxDrop { get; init; } = 0.2;

    /// <summary>For how long a worker holds a run without a sign of life. Default 15 minutes.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>From which age on a model is stale, counted from its newest event. Default 36 hours.</summary>
    public TimeSpan MaxModelAge { get; init; } = TimeSpan.FromHours(36);

    /// <summary>How many bundles are kept, the serving one included. Default 3.</summary>
    public int KeptModels { get; init; } = 3;

    /// <summary>Whether a trigger answers at once and the run goes on in this process (one machine), or the answer waits for the run (a cloud function). Default false.</summary>
    public bool RunsInBackground { get; init; }
}
