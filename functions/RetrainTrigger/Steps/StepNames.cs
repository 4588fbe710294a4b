using Aisle.Ports;

namespace Aisle.RetrainTrigger.Steps;

/// <summary>The steps of a run, in order. Each is idempotent: a resumed run begins the broken-off one again.</summary>
public static class StepNames
{
    /// <summary>Chooses the recipe: a changed one is held against the serving one.</summary>
    public const string Recipe = "recipe";

    /// <summary>Reads feedback and the catalogue as of the run's moment.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>Trains user and item factors; a content run takes over the serving model's.</summary>
    public const string Factors = "factors";

    /// <summary>Embeds what products say, and lets new products inherit factors.</summary>
    public const string Content = "content";

    /// <summary>Counts popularity, finds trends and what goes together.</summary>
    public const string Neighbours = "neighbours";

    /// <summary>Judges the recipe on a holdout by time, beside popularity and its own parts.</summary>
    public const string Evaluation = "evaluation";

    /// <summary>Writes the model bundle; one that the gate refuses stays on the shelf for a while, for an operator to look at.</summary>
    public const string Bundle = "bundle";

    /// <summary>Decides whether the model may serve.</summary>
    public const string Gate = "gate";

    /// <summary>Writes every shopper's candidate list under the new version.</summary>
    public const string Candidates = "candidates";

    /// <summary>Flips the pointer.</summary>
    public const string Publish = "publish";

    /// <summary>Writes batch features into the shoppers' documents.</summary>
    public const string Features = "features";

    /// <summary>Removes what no longer serves, and the run's own files.</summary>
    public const string CleanUp = "clean_up";

    /// <summary>Those of a retrain.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Recipe, Snapshot, Factors, Content, Neighbours, Evaluation, Bundle, Gate, Candidates, Publish, Features, CleanUp];

    /// <summary>Those of a run of a kind.</summary>
    public static IReadOnlyList<string> Of(RunKind kind) =>
        kind == RunKind.Retrain ? All : [.. All.Where(step => step is not (Evaluation or Features))];
}
