using Aisle.Events;
using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Composing;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Finding;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Replaying;
using Aisle.ScoreUser.Variants;

namespace Aisle.ScoreUser;

/// <summary>From all that is known to a slate: candidates and the visit under way (<see cref="CandidateFinder"/>), then filters,
/// weights, composition, invariants and reasons (<see cref="SlateAssembler"/>). The same scene, id and seed give the same slate;
/// nothing is read and nothing is written.</summary>
/// <param name="finder">The candidates.</param>
/// <param name="assembler">What is made of them.</param>
/// <param name="options">From when on a model is stale.</param>
public sealed class SlatePipeline(CandidateFinder finder, SlateAssembler assembler, ScoreUserOptions options)
{
    private static readonly Degradation Stale = new("model", "stale");

    /// <summary>Makes one slate.</summary>
    public ScoreOutcome Answer(Scene scene, SlateId id, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(scene);
        EligibleItems eligible = SlateAssembler.Eligible(scene);
        CandidatePool pool = scene.Listed is { } listed ? CandidateFinder.Rank(scene, listed) : finder.Find(scene, eligible);
        bool mayBackFill = scene.Listed is null && scene.Request.Surface != Surface.RecentlyViewed;
        AssembledSlate assembled = assembler.Assemble(scene, pool, eligible, seed, mayBackFill);
        IReadOnlyList<Degradation> degradations = [.. scene.Shopper.Degradations, .. pool.Degradations, .. assembled.Degradations, .. Staleness(scene)];
        bool usedList = scene.Shopper.List is not null && pool.IsPersonal;
        return new ScoreOutcome
        {
            Slate = new Slate
            {
                Id = id,
                User = scene.User,
                Surface = scene.Request.Surface.WireName(),
                Strategies = assembled.HasBackFill ? [pool.Strategy, "popularity"] : [pool.Strategy],
                Variants = scene.Variants.Chosen.Count == 0 ? [] : [.. scene.Variants.Chosen.Select(chosen => $"{chosen.Experiment.Key}={chosen.Variant.Name}")],
                ModelVersion = scene.Model.Manifest.ModelVersion,
                Seed = seed,
                EligibleCount = assembled.EligibleCount,
                ServedAt = scene.Now,
                Items = assembled.Items,
            },
            Products = assembled.Products,
            Variants = scene.Variants.Chosen,
            Exposed = scene.Variants.Chosen.Count == 0 ? [] : [.. scene.Variants.Chosen.Where(chosen => VariantReach.Reaches(chosen.Experiment, scene.Request.Surface, pool.IsPersonal))],
            Degradations = degradations,
            Record = RecordOf(scene, seed, degradations),
            Shortfall = assembled.Shortfall,
            Trace = scene.Trace,
            IdOf = scene.Trace is null ? static _ => "" : item => scene.Model.Bundle.Items[item].Value,
            ModelAgeSeconds = (scene.Now - scene.Model.Manifest.NewestEventAt).TotalSeconds,
            CandidatesAgeSeconds = usedList ? (scene.Now - scene.Shopper.List!.GeneratedAt).TotalSeconds : null,
            FeaturesAgeSeconds = scene.Shopper.Profile is { } profile ? (scene.Now - profile.NewestEventAt).TotalSeconds : null,
        };
    }

    private static SlateRecord? RecordOf(Scene scene, ulong seed, IReadOnlyList<Degradation> degradations)
    {
        if (scene.Record is { } record)
        {
            record.Seed = seed;
            record.Degradations = degradations.Count == 0 ? [] : [.. degradations.Where(degradation => degradation != Stale).Select(degradation => degradation.Stage)];
        }

        return scene.Record;
    }

    private IReadOnlyList<Degradation> Staleness(Scene scene) =>
        options.IsStale(scene.Model.Manifest, scene.Now) ? [Stale] : [];
}
