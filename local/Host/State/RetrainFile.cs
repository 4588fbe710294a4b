using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Aisle.Candidates.Training;
using Aisle.Host.Cli;
using Aisle.RetrainTrigger.Drift;
using Aisle.RetrainTrigger.Gate;
using Aisle.RetrainTrigger.Recipes;

namespace Aisle.Host.State;

/// <summary>How a shop's models are trained, judged, kept and watched: <c>retrain.json</c> in the state folder, if there is one. What it
/// leaves out stays as it is by default.</summary>
internal sealed record RetrainFile
{
    private const string Name = "retrain.json";

    /// <summary>How often settings and weights are learnt anew: <c>off</c>, <c>weekly</c> or <c>nightly</c>. Default weekly.</summary>
    public TuningSchedule Tuning { get; init; } = TuningSchedule.Weekly;

    /// <summary>How long learning them may take, in minutes. Default 4.</summary>
    public double TuningMinutes { get; init; } = 4;

    /// <summary>How many days are held out to judge by. Default 7.</summary>
    public int HoldoutDays { get; init; } = 7;

    /// <summary>How many held-out shoppers a judgement needs. Default 20.</summary>
    public int MinJudgedUsers { get; init; } = 20;

    /// <summary>By which share NDCG may fall. Default 0.2.</summary>
    public double MaxDrop { get; init; } = 0.2;

    /// <summary>By which share the catalogue, the user base or the feedback may shrink. Default 0.3.</summary>
    public double MaxShrink { get; init; } = 0.3;

    /// <summary>By which share coverage may fall. Default 0.5.</summary>
    public double MaxCoverageDrop { get; init; } = 0.5;

    /// <summary>How many bundles are kept, the serving one included. Default 3.</summary>
    public int KeptModels { get; init; } = 3;

    /// <summary>From which age on a model is stale, in hours. Default 36.</summary>
    public double MaxModelAgeHours { get; init; } = 36;

    /// <summary>Whether popularity is shown once the model is stale, instead of going on with it. Default false.</summary>
    public bool FallBackWhenStale { get; init; }

    /// <summary>What the shadow diff allows.</summary>
    public ShadowOptions Shadow { get; init; } = new();

    /// <summary>When days count as drifted.</summary>
    public DriftOptions Drift { get; init; } = new();

    /// <summary>How models are made.</summary>
    public ModelRecipe Recipe { get; init; } = new();

    /// <summary>Reads the folder's file; the defaults when it has none.</summary>
    /// <exception cref="UsageException">The file is damaged, names something that does not exist, or a value is out
    /// of range; the message names it.</exception>
    public static RetrainFile Load(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return new RetrainFile();
        }

        try
        {
            return (Read(File.ReadAllBytes(path)) ?? throw new JsonException("no object")).Checked();
        }
        catch (JsonException broken)
        {
            throw new UsageException(Name, $"{path} cannot be used "
                + $"({broken.Message})", "Correct it, or remove it for the defaults; docs/retraining.md lists what it may hold.");
        }
    }

    // Laid over the defaults as JSON, because the generated reader sets to zero what a file leaves out.
    private static RetrainFile? Read(byte[] bytes)
    {
        JsonObject whole = JsonSerializer.SerializeToNode(new RetrainFile(), RetrainJson.Default.RetrainFile)!.AsObject();
        if (JsonNode.Parse(bytes) is not JsonObject named)
        {
            return null;
        }

        if (JsonOverlay.Unknown(named, whole) is { } unknown)
        {
            throw new UsageException($"{Name}: {unknown}", "there is no such option", "docs/retraining.md lists the options; those of the "
                + "recipe are in a run's record: GET /v1/runs/{id}.");
        }

        JsonOverlay.Lay(named, whole);
        return whole.Deserialize(RetrainJson.Default.RetrainFile);
    }

    private RetrainFile Checked()
    {
        Within("tuning_minutes", TuningMinutes, 0.1, 24 * 60);
        Within("holdout_days", HoldoutDays, 1, 90);
        Within("min_judged_users", MinJudgedUsers, 1, 1_000_000);
        Within("max_drop", MaxDrop, 0, 1);
        Within("max_shrink", MaxShrink, 0, 1);
        Within("max_coverage_drop", MaxCoverageDrop, 0, 1);
        Within("kept_models", KeptModels, 2, 1_000);
        Within("max_model_age_hours", MaxModelAgeHours, 1, 24 * 365);
        Within("drift.baseline_days", Drift.BaselineDays, 1, 90);
        Within("drift.max_click_drop", Drift.MaxClickDrop, 0, 1);
        try
        {
            _ = new ModelBundleTrainer(Recipe);
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException(Name, $"recipe: {wrong.Message}", "Correct the value, or leave it out for the default.");
        }

        return this;
    }

    private static void Within(string field, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            throw new UsageException($"{Name}: {field}", FormattableString.Invariant($"{value} is out of range"), FormattableString.Invariant($"Use a number from {least} to {most}."));
        }
    }
}

/// <summary>How the file is read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RetrainFile))]
internal sealed partial class RetrainJson : JsonSerializerContext;
