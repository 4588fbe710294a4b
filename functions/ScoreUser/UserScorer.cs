using Aisle.Candidates;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Reranking;

namespace Aisle.ScoreUser;

/// <summary>Answers a slate: reads → route → candidates → filters → composition → reasons → log. Never a broken shelf: what fails is named and done without.</summary>
/// <param name="state">The model and what changed since.</param>
/// <param name="reader">The two reads.</param>
/// <param name="finder">The candidates.</param>
/// <param name="assembler">Filters and composition.</param>
/// <param name="log">Where slates and exposures go.</param>
/// <param name="options">What holds without experiments.</param>
/// <param name="chance">Ids and seeds.</param>
/// <param name="clock">Now.</param>
public sealed class UserScorer(
    ServingState state, ShopperReader reader, CandidateFinder finder, SlateAssembler assembler, SlateLogger log, ScoreUserOptions options,
    SlateChance chance, TimeProvider clock)
{
    /// <summary>Whether the request's product is one that the serving model knows; a surface that hangs on a product needs it.</summary>
    public bool Knows(ProductId product) => state.Model is not { } model || model.Bundle.Find(product) is not null;

    /// <summary>Answers one request.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<ScoreOutcome> ScoreAsync(SlateRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        DateTimeOffset now = clock.GetUtcNow();
        ServingModel? model = state.Model;
        UserId? user = request.Consent ? request.User : null;
        (Shopper shopper, user) = await ReadAsync(user, model?.Manifest.ModelVersion, cancellationToken);
        AssignmentId? assignment = AssignmentOf(request, model, shopper, user);
        VariantChoice variants = VariantChoice.Of(state.Experiments, assignment, now, options);
        ScoreOutcome outcome = model is null
            ? WithoutModel(request, user, variants, now)
            : Answer(new Scene(model, request, user, shopper, History(model, request, shopper, now), variants, now));
        if (request.IsShown)
        {
            log.Log(outcome, assignment);
        }

        return outcome;
    }

    /// <summary>Ranks the caller's own list for a shopper: the products that the model knows, by their score; the others are left out and the shortfall says so.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<ScoreOutcome> RerankAsync(SlateRequest request, IReadOnlyList<ProductId> products, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        DateTimeOffset now = clock.GetUtcNow();
        VariantChoice variants = VariantChoice.Of([], null, now, options);
        if (state.Model is not { } model)
        {
            return WithoutModel(request, request.User, variants, now);
        }

        (Shopper shopper, UserId? user) = await ReadAsync(request.Consent ? request.User : null, null, cancellationToken);
        ShopperHistory history = History(model, request, shopper, now);
        int[] items = [.. products.Distinct().Where(product => model.Bundle.Find(product) is not null).Select(product => Index(model, product))];
        PlacedItem[] ranked = [.. model.Recommender.Score(history, items, now)
            .OrderByDescending(item => item.Score).Select(item => new PlacedItem(item.Item, item.Score, item.Source))];
        Scene scene = new(model, request with { ShowsPurchased = true }, user, shopper, history, variants, now);
        ScoreOutcome outcome = Assemble(
            scene, new CandidatePool("rerank", ranked, IsPersonal: false), SlateAssembler.Eligible(scene, state.Availability), mayBackFill: false);
        log.Log(outcome, null);
        return outcome;
    }

    /// <summary>What is known of the shopper, and under which pseudonym the slate may be logged: none where consent is refused, or where the store that knows
    /// of it did not answer.</summary>
    private async Task<(Shopper Shopper, UserId? Logged)> ReadAsync(UserId? user, string? modelVersion, CancellationToken cancellationToken)
    {
        if (user is not { } known)
        {
            return (Shopper.Stranger, null);
        }

        Shopper shopper = await reader.ReadAsync(known, modelVersion, cancellationToken);
        return shopper.Profile?.Consent == false ? (Shopper.Stranger, null)
            : shopper.Degradations.Any(degradation => degradation.Stage == "profile") ? (Shopper.Stranger with { Degradations = shopper.Degradations }, null)
            : (shopper, known);
    }

    /// <summary>What experiments assign by; null where no variant could matter: without a model, and on shelves that keep their own order.</summary>
    private static AssignmentId? AssignmentOf(SlateRequest request, ServingModel? model, Shopper shopper, UserId? user) =>
        user is not { } known || model is null || request.Surface != Surface.Home
            ? null
            : shopper.Profile?.Assignment ?? request.Assignment ?? new AssignmentId(known.Value);

    private ScoreOutcome Answer(Scene scene)
    {
        EligibleItems eligible = SlateAssembler.Eligible(scene, state.Availability);
        CandidatePool pool = finder.Find(
            scene.Model, scene.Request, scene.Shopper, scene.History, scene.Variants.Hybrid, eligible.MayShow, scene.Now);
        return Assemble(scene, pool, eligible, mayBackFill: scene.Request.Surface != Surface.RecentlyViewed);
    }

    private ScoreOutcome Assemble(Scene scene, CandidatePool pool, EligibleItems eligible, bool mayBackFill)
    {
        (SlateId id, ulong seed) = chance.Next();
        AssembledSlate assembled = assembler.Assemble(scene, pool, eligible, seed, mayBackFill);
        bool usedList = scene.Shopper.List is not null && pool.IsPersonal;
        return new ScoreOutcome
        {
            Slate = new Slate
            {
                Id = id,
                User = scene.User,
                Surface = scene.Request.Surface.WireName(),
                Strategies = assembled.HasBackFill ? [pool.Strategy, "popularity"] : [pool.Strategy],
                Variants = [.. scene.Variants.Chosen.Select(chosen => $"{chosen.Experiment.Key}={chosen.Variant.Name}")],
                ModelVersion = scene.Model.Manifest.ModelVersion,
                Seed = seed,
                EligibleCount = assembled.EligibleCount,
                ServedAt = scene.Now,
                Items = assembled.Items,
            },
            Products = assembled.Products,
            Variants = scene.Variants.Chosen,
            Degradations = [.. scene.Shopper.Degradations, .. Staleness(scene)],
            Shortfall = assembled.Shortfall,
            ModelAgeSeconds = (scene.Now - scene.Model.Manifest.NewestEventAt).TotalSeconds,
            CandidatesAgeSeconds = usedList ? (scene.Now - scene.Shopper.List!.GeneratedAt).TotalSeconds : null,
            FeaturesAgeSeconds = scene.Shopper.Profile is { } profile ? (scene.Now - profile.NewestEventAt).TotalSeconds : null,
        };
    }

    private IEnumerable<Degradation> Staleness(Scene scene) =>
        scene.Now - scene.Model.Manifest.NewestEventAt > options.StaleAfter ? [new Degradation("model", "stale")] : [];

    private ScoreOutcome WithoutModel(SlateRequest request, UserId? user, VariantChoice variants, DateTimeOffset now)
    {
        (SlateId id, ulong seed) = chance.Next();
        return new ScoreOutcome
        {
            Slate = new Slate
            {
                Id = id,
                User = user,
                Surface = request.Surface.WireName(),
                Strategies = ["none"],
                Variants = [],
                ModelVersion = null,
                Seed = seed,
                EligibleCount = 0,
                ServedAt = now,
                Items = [],
            },
            Products = [],
            Variants = variants.Chosen,
            Degradations = [new Degradation("model", "there is none yet; run retrain")],
            Shortfall = new SlateShortfall(request.Limit, 0, [("no_model", request.Limit)]),
            ModelAgeSeconds = null,
            CandidatesAgeSeconds = null,
            FeaturesAgeSeconds = null,
        };
    }

    private static ShopperHistory History(ServingModel model, SlateRequest request, Shopper shopper, DateTimeOffset now)
    {
        ShopperHistory history = ShopperHistory.From(shopper.Profile, model.Bundle.Feedback, now);
        (string? age, string? location, string? device) = request.Cohort;
        Cohort cohort = new(age ?? shopper.Profile?.AgeBracket, location ?? shopper.Profile?.Location, device ?? shopper.Profile?.DeviceType);
        return history with { Cohort = cohort };
    }

    private static int Index(ServingModel model, ProductId product) => model.Bundle.Items.TryGetIndex(product, out int item) ? item : -1;
}
