using Aisle.Candidates.Reasons;
using Aisle.Events;
using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Composing;
using Aisle.ScoreUser.Explaining;
using Aisle.ScoreUser.Logging;
using Aisle.ScoreUser.Promises;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Replaying;
using Aisle.ScoreUser.Requests;
using Aisle.ScoreUser.Rules;
using Aisle.ScoreUser.Serving;
using Aisle.ScoreUser.Variants;

namespace Aisle.ScoreUser;

/// <summary>Answers a slate: reads → variants → <see cref="SlatePipeline"/> → log. Never a broken shelf: what
/// fails is named and done without.</summary>
/// <param name="state">The model and what changed since.</param>
/// <param name="reader">The two reads.</param>
/// <param name="pipeline">From what is known to the slate.</param>
/// <param name="log">Where slates and exposures go.</param>
/// <param name="promise">Counts what new products were given.</param>
/// <param name="options">What holds without experiments.</param>
/// <param name="chance">Ids and seeds.</param>
/// <param name="clock">Now.</param>
public sealed class UserScorer(
    ServingState state, ShopperReader reader, SlatePipeline pipeline, SlateLogger log,
    NewProductPromise promise, ScoreUserOptions options, SlateChance chance, TimeProvider clock)
{
    private static readonly Degradation NoVariantModel = new("variant model", "not loaded; the serving model answered");

    private readonly Tuning _plain = Tuning.Of(options);

    /// <summary>Whether the request's product is one that the serving model knows; a surface that hangs on a product needs it.</summary>
    public bool Knows(ProductId product) => state.Model is not { } model || model.Bundle.Find(product) is not null;

    /// <summary>Answers one request.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<ScoreOutcome> ScoreAsync(SlateRequest request, CancellationToken cancellationToken) =>
        Score(request, await VisitAsync(request, cancellationToken));

    /// <summary>Reads what is known of the shopper of a request, once for all slates of a page.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Visit> VisitAsync(SlateRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        TimeBudget budget = new(clock, request.Budget ?? options.Budget);
        DateTimeOffset now = clock.GetUtcNow();
        ServingView? view = state.View;
        if (!request.Consent || request.User is not { } user)
        {
            return new Visit(view, Shopper.Stranger, null, budget, now);
        }

        Shopper shopper = await reader.ReadAsync(user, view?.Model.Manifest.ModelVersion, budget, cancellationToken);
        return shopper.Profile?.Consent == false ? new Visit(view, Shopper.Stranger, null, budget, now)
            : shopper.Degradations.Any(degradation => degradation.Stage == "profile")
                ? new Visit(view, Shopper.Stranger with { Degradations = shopper.Degradations }, null, budget, now)
                : new Visit(view, shopper, user, budget, now);
    }

    /// <summary>Answers one slate of a visit.</summary>
    public ScoreOutcome Score(SlateRequest request, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(visit);
        (AssignmentId? assignment, VariantChoice variants) = Assign(request, visit);
        ScoreOutcome outcome = visit.View is { } view ? Answer(SceneOf(view, request, visit, variants, listed: null)) : WithoutModel(request, visit, among: null);
        if (request.IsShown)
        {
            log.Log(outcome, assignment, visit.Shopper.Profile);
            promise.Count(outcome.Products, visit.Now);
        }

        return outcome;
    }

    /// <summary>Ranks the caller's own list for a shopper: the products that the model knows, by their score; the others are
    /// left out and the shortfall says so.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<ScoreOutcome> RerankAsync(SlateRequest request, IReadOnlyList<ProductId> products, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        SlateRequest rerank = request with { Surface = Surface.Rerank, ShowsPurchased = true };
        Visit visit = await VisitAsync(rerank, cancellationToken);
        (AssignmentId? assignment, VariantChoice variants) = Assign(rerank, visit);
        if (visit.View is not { } view)
        {
            return WithoutModel(rerank, visit, products.ToHashSet());
        }

        ScoreOutcome outcome = Answer(SceneOf(view, rerank, visit, variants, products));
        if (rerank.IsShown)
        {
            log.Log(outcome, assignment, visit.Shopper.Profile);
        }

        return outcome;
    }

    /// <summary>What experiments assign by, and the variants; none for strangers, without consent and without a
    /// model, where no variant could matter.</summary>
    private (AssignmentId? Assignment, VariantChoice Variants) Assign(SlateRequest request, Visit visit)
    {
        AssignmentId? assignment = visit.User is { } known && visit.View is not null ? visit.Shopper.Profile?.Assignment ?? request.Assignment ?? new AssignmentId(known.Value) : null;
        return (assignment, VariantChoice.Of(state.Experiments, assignment, visit.Now, request.Surface.WireName(), _plain));
    }

    private Scene SceneOf(ServingView serving, SlateRequest request, Visit visit, VariantChoice variants, IReadOnlyList<ProductId>? listed)
    {
        (ServingView view, Shopper shopper) = ModelFor(variants, serving, visit.Shopper);
        Merchandising rules = state.Merchandising;
        bool isRecorded = options.LogsInputs && request.IsShown && visit.User is not null;
        return Scene.Of(view, request, visit.User, shopper, variants, rules, visit.Budget, request.IsExplained ? new SlateTrace() : null, visit.Now) with
        {
            Listed = listed,
            Record = isRecorded
                ? new SlateRecord
                {
                    Now = visit.Now,
                    Currency = view.Model.Currency,
                    Request = request,
                    Listed = listed,
                    Profile = shopper.Profile,
                    ListMadeAt = shopper.List?.GeneratedAt,
                    RulesTag = rules.Tag,
                    AvailabilityVersion = state.AvailabilityVersion,
                }
                : null,
        };
    }

    /// <summary>The model that a variant names. The precomputed list belongs to the serving one, so another model scores live.</summary>
    private (ServingView View, Shopper Shopper) ModelFor(VariantChoice variants, ServingView serving, Shopper shopper)
    {
        if (variants.Tuning.ModelVersion is not { } version || version == serving.Model.Manifest.ModelVersion)
        {
            return (serving, shopper);
        }

        return state.ViewOf(version) is { } other
            ? (other, shopper with { List = null })
            : (serving, shopper with { Degradations = [.. shopper.Degradations, NoVariantModel] });
    }

    private ScoreOutcome Answer(Scene scene)
    {
        (SlateId id, ulong seed) = chance.Next();
        return pipeline.Answer(scene, id, seed);
    }

    private ScoreOutcome WithoutModel(SlateRequest request, Visit visit, IReadOnlySet<ProductId>? among)
    {
        (SlateId id, ulong seed) = chance.Next();
        FallbackSlate fallback = state.Fallback.Lay(request, among);
        return new ScoreOutcome
        {
            Slate = new Slate
            {
                Id = id,
                User = visit.User,
                Surface = request.Surface.WireName(),
                Strategies = [fallback.Strategy],
                Variants = [],
                ModelVersion = null,
                Seed = seed,
                EligibleCount = fallback.EligibleCount,
                ServedAt = visit.Now,
                Items = fallback.Items,
            },
            Products = fallback.Products,
            Variants = [],
            Degradations = [.. visit.Shopper.Degradations, new Degradation("model", "there is none yet; run retrain")],
            Shortfall = fallback.Shortfall,
            ModelAgeSeconds = null,
            CandidatesAgeSeconds = null,
            FeaturesAgeSeconds = null,
        };
    }
}
