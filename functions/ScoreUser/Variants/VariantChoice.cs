using Aisle.Candidates.Hybrid;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Reranking.Rules;

namespace Aisle.ScoreUser.Variants;

/// <summary>The variants in force for one visitor on one surface, and what follows from their parameters.</summary>
/// <param name="Chosen">Experiment and variant: of each layer at most one.</param>
/// <param name="Tuning">How the slate is made.</param>
public sealed record VariantChoice(IReadOnlyList<(Experiment Experiment, Variant Variant)> Chosen, Tuning Tuning)
{
    /// <summary>Assigns the visitor to each running experiment. Where two experiments set one parameter, the one
    /// whose key sorts last has the say.</summary>
    /// <param name="experiments">The running ones.</param>
    /// <param name="assignment">The visitor's first pseudonym; null assigns to nothing.</param>
    /// <param name="now">Experiments assign within their time only.</param>
    /// <param name="surface">The surface, by its name on the wire.</param>
    /// <param name="plain">What holds without experiments.</param>
    public static VariantChoice Of(IReadOnlyList<Experiment> experiments, AssignmentId? assignment, DateTimeOffset now, string surface, Tuning plain)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        ArgumentNullException.ThrowIfNull(plain);
        if (assignment is not { } visitor || experiments.Count == 0)
        {
            return new VariantChoice([], plain);
        }

        List<(Experiment, Variant)> chosen = [];
        Tuning tuning = plain;
        foreach (Experiment experiment in experiments)
        {
            if (Assignment.VariantAt(experiment, visitor, now) is { } variant)
            {
                chosen.Add((experiment, variant));
                tuning = Apply(variant, tuning, surface);
            }
        }

        return new VariantChoice(chosen, tuning);
    }

    /// <summary>The variants that an earlier slate was made under, as it was logged: for a replay. What is not
    /// there any more is left out.</summary>
    /// <param name="experiments">All that there are.</param>
    /// <param name="logged">Each <c>experiment=variant</c>.</param>
    /// <param name="surface">The surface, by its name on the wire.</param>
    /// <param name="plain">What holds without experiments.</param>
    public static VariantChoice Of(IReadOnlyList<Experiment> experiments, IReadOnlyList<string> logged, string surface, Tuning plain)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        ArgumentNullException.ThrowIfNull(logged);
        (Experiment Experiment, Variant Variant)[] chosen = [.. experiments
            .SelectMany(experiment => experiment.Variants.Select(variant => (Experiment: experiment, Variant: variant)))
            .Where(pair => logged.Contains($"{pair.Experiment.Key}={pair.Variant.Name}"))];
        return new VariantChoice(chosen, chosen.Aggregate(plain, (tuning, pair) => Apply(pair.Variant, tuning, surface)));
    }

    /// <summary>The same at a moment at which the shop's calendar may want more variety.</summary>
    public VariantChoice At(RuleSet merchandising, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(merchandising);
        return merchandising.BurstAt(now) is { } burst ? this with { Tuning = Tuning with { Compose = burst.Apply(Tuning.Compose) } } : this;
    }

    /// <summary>How each variant of each experiment would fuse sources on any surface, taken alone.</summary>
    public static IReadOnlyCollection<HybridOptions> HybridsOf(IReadOnlyList<Experiment> experiments, ScoreUserOptions options)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        Tuning plain = Tuning.Of(options);
        return [.. experiments.SelectMany(experiment => experiment.Variants)
            .SelectMany(variant => SurfacesOf(variant).Select(surface => Apply(variant, plain, surface).Hybrid))
            .Distinct()];
    }

    /// <summary>The models that variants of experiments answer from.</summary>
    public static IReadOnlyCollection<string> ModelsOf(IReadOnlyList<Experiment> experiments)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        return [.. experiments.SelectMany(experiment => experiment.Variants).SelectMany(variant => variant.Parameters)
            .Where(parameter => ServingParameters.Split(parameter.Key).Name == ServingParameters.ModelVersion)
            .Select(parameter => parameter.Value)
            .Distinct()];
    }

    private static IEnumerable<string> SurfacesOf(Variant variant) =>
        variant.Parameters.Keys.Select(name => ServingParameters.Split(name).Surface ?? "").Append("").Distinct();

    private static Tuning Apply(Variant variant, Tuning tuning, string surface)
    {
        foreach ((string name, string value) in variant.Parameters)
        {
            tuning = tuning.With(name, value, surface);
        }

        return tuning;
    }
}
