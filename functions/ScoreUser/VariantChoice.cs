using System.Globalization;
using Aisle.Candidates;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Reranking;

namespace Aisle.ScoreUser;

/// <summary>The variants in force for one visitor, and the options that follow from their parameters.</summary>
/// <param name="Chosen">Experiment and variant.</param>
/// <param name="Hybrid">How sources are fused.</param>
/// <param name="Compose">How the slate is composed.</param>
public sealed record VariantChoice(IReadOnlyList<(Experiment Experiment, Variant Variant)> Chosen, HybridOptions Hybrid, ComposeOptions Compose)
{
    /// <summary>Assigns the visitor to each running experiment. A parameter that is unknown or out of range changes nothing.</summary>
    /// <param name="experiments">The running ones, by key.</param>
    /// <param name="assignment">The visitor's first pseudonym; null assigns to nothing.</param>
    /// <param name="now">Experiments assign within their time only.</param>
    /// <param name="options">What holds without experiments.</param>
    public static VariantChoice Of(IReadOnlyList<Experiment> experiments, AssignmentId? assignment, DateTimeOffset now, ScoreUserOptions options)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        ArgumentNullException.ThrowIfNull(options);
        if (assignment is not { } visitor || experiments.Count == 0)
        {
            return new VariantChoice([], options.Hybrid, options.Compose);
        }

        (Experiment, Variant)[] chosen = [.. experiments
            .Select(experiment => (Experiment: experiment, Variant: Assignment.VariantAt(experiment, visitor, now)))
            .Where(pair => pair.Variant is not null)
            .Select(pair => (pair.Experiment, pair.Variant!))];
        VariantChoice choice = new(chosen, options.Hybrid, options.Compose);
        foreach ((string name, string text) in chosen.SelectMany(pair => pair.Item2.Parameters))
        {
            choice = choice.With(name, text);
        }

        return choice;
    }

    private VariantChoice With(string name, string text) => (name, Share(text)) switch
    {
        ("alpha", { } share) => this with { Hybrid = Hybrid with { Alpha = share } },
        ("beta", { } share) => this with { Hybrid = Hybrid with { Beta = share } },
        ("mmr_lambda", { } share) => this with { Compose = Compose with { Lambda = share } },
        ("epsilon", { } share) => this with { Compose = Compose with { Epsilon = share } },
        ("policy", _) when text == "slots" => this with { Compose = Compose with { Policy = SlatePolicy.Slots } },
        ("policy", _) when text == "mmr" => this with { Compose = Compose with { Policy = SlatePolicy.MarginalRelevance } },
        ("policy", _) when text == "dpp" => this with { Compose = Compose with { Policy = SlatePolicy.Determinantal } },
        _ => this,
    };

    private static double? Share(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1 ? share : null;
}
