using System.Globalization;
using Aisle.Candidates;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Reranking;
using Aisle.Reranking.Rules;

namespace Aisle.ScoreUser.Variants;

/// <summary>The variants in force for one visitor, and the options that follow from their parameters.</summary>
/// <param name="Chosen">Experiment and variant.</param>
/// <param name="Hybrid">How sources are fused.</param>
/// <param name="Compose">How the slate is composed.</param>
public sealed record VariantChoice(IReadOnlyList<(Experiment Experiment, Variant Variant)> Chosen, HybridOptions Hybrid, ComposeOptions Compose)
{
    /// <summary>How much a price far from the shopper's own may take off a score, in 0 … 1.</summary>
    public double PriceFit { get; init; }

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
            return new VariantChoice([], options.Hybrid, options.Compose) { PriceFit = options.PriceFit };
        }

        (Experiment, Variant)[] chosen = [.. experiments
            .Select(experiment => (Experiment: experiment, Variant: Assignment.VariantAt(experiment, visitor, now)))
            .Where(pair => pair.Variant is not null)
            .Select(pair => (pair.Experiment, pair.Variant!))];
        VariantChoice choice = new(chosen, options.Hybrid, options.Compose) { PriceFit = options.PriceFit };
        foreach ((string name, string text) in chosen.SelectMany(pair => pair.Item2.Parameters))
        {
            choice = choice.With(name, text);
        }

        return choice;
    }

    /// <summary>The same at a moment at which the shop's calendar may want more variety.</summary>
    public VariantChoice At(RuleSet merchandising, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(merchandising);
        return merchandising.BurstAt(now) is { } burst ? this with { Compose = burst.Apply(Compose) } : this;
    }

    /// <summary>How each variant of each experiment would fuse sources, taken alone.</summary>
    public static IReadOnlyCollection<HybridOptions> HybridsOf(IReadOnlyList<Experiment> experiments, ScoreUserOptions options)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        ArgumentNullException.ThrowIfNull(options);
        VariantChoice none = new([], options.Hybrid, options.Compose);
        return [.. experiments.SelectMany(experiment => experiment.Variants)
            .Select(variant => variant.Parameters.Aggregate(none, (choice, parameter) => choice.With(parameter.Key, parameter.Value)).Hybrid)
            .Distinct()];
    }

    private VariantChoice With(string name, string text) => (name, Share(text)) switch
    {
        ("alpha", { } share) => this with { Hybrid = Hybrid with { Alpha = share } },
        ("beta", { } share) => this with { Hybrid = Hybrid with { Beta = share } },
        ("mmr_lambda", { } share) => this with { Compose = Compose with { Lambda = share } },
        ("epsilon", { } share) => this with { Compose = Compose with { Epsilon = share } },
        ("price_fit", { } share) => this with { PriceFit = share },
        ("policy", _) when text == "slots" => this with { Compose = Compose with { Policy = SlatePolicy.Slots } },
        ("policy", _) when text == "mmr" => this with { Compose = Compose with { Policy = SlatePolicy.MarginalRelevance } },
        ("policy", _) when text == "dpp" => this with { Compose = Compose with { Policy = SlatePolicy.Determinantal } },
        _ => this,
    };

    private static double? Share(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1 ? share : null;
}
