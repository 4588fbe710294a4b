using Aisle.Candidates.Hybrid;
using Aisle.Experiments;
using Aisle.Reranking;

namespace Aisle.ScoreUser.Variants;

/// <summary>All that a variant of an experiment may change about one slate.</summary>
public sealed record Tuning
{
    /// <summary>How sources are fused.</summary>
    public required HybridOptions Hybrid { get; init; }

    /// <summary>How a shopper's own mix is composed.</summary>
    public required ComposeOptions Compose { get; init; }

    /// <summary>How a shelf that hangs on products or on the shop is composed: in its own order and without exploration, unless a variant
    /// says otherwise for that surface.</summary>
    public required ComposeOptions Shelf { get; init; }

    /// <summary>How much a price far from the shopper's own may take off a score of the shopper's own mix, in 0 … 1.</summary>
    public double PriceFit { get; init; }

    /// <summary>The same on other shelves; 0 unless a variant says otherwise for that surface.</summary>
    public double ShelfPriceFit { get; init; }

    /// <summary>See <see cref="ScoreUserOptions.SessionShare"/>.</summary>
    public double SessionShare { get; init; }

    /// <summary>How many candidates are found, and at most re-ranked.</summary>
    public int Depth { get; init; }

    /// <summary>See <see cref="ScoreUserOptions.PromiseBoost"/>.</summary>
    public double PromiseBoost { get; init; }

    /// <summary>The model that answers; null for the serving one.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>What holds without experiments.</summary>
    public static Tuning Of(ScoreUserOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Tuning
        {
            Hybrid = options.Hybrid,
            Compose = options.Compose,
            Shelf = options.Compose with { Policy = SlatePolicy.MarginalRelevance, Lambda = 1, Epsilon = 0 },
            PriceFit = options.PriceFit,
            SessionShare = options.SessionShare,
            Depth = options.Depth,
            PromiseBoost = options.PromiseBoost,
        };
    }

    /// <summary>The same after one parameter. A parameter that is bound to another surface, is the shop's own, or
    /// is out of range changes nothing.</summary>
    /// <param name="name">With or without a surface, see <see cref="ServingParameters"/>.</param>
    /// <param name="value">As written.</param>
    /// <param name="surface">The surface of the slate, by its name on the wire.</param>
    public Tuning With(string name, string value, string surface)
    {
        (string? bound, string plain) = ServingParameters.Split(name);
        if (bound is not null && bound != surface)
        {
            return this;
        }

        return plain switch
        {
            ServingParameters.ModelVersion => this with { ModelVersion = value },
            ServingParameters.Policy when PolicyOf(value) is { } policy => Composing(compose => compose with { Policy = policy }, bound is not null),
            _ when ServingParameters.Number(plain, value) is { } number => With(plain, number, bound is not null),
            _ => this,
        };
    }

    private Tuning With(string name, double number, bool isBound) => name switch
    {
        "alpha" => this with { Hybrid = Hybrid with { Alpha = number } },
        "beta" => this with { Hybrid = Hybrid with { Beta = number } },
        "neighbour_share" => this with { Hybrid = Hybrid with { NeighbourShare = number } },
        "walk_share" => this with { Hybrid = Hybrid with { WalkShare = number } },
        "session_share" => this with { SessionShare = number },
        "depth" => this with { Depth = (int)number },
        "price_fit" => this with { PriceFit = number, ShelfPriceFit = isBound ? number : ShelfPriceFit },
        "promise_boost" => this with { PromiseBoost = number },
        "mmr_lambda" => Composing(compose => compose with { Lambda = number }, isBound),
        "epsilon" => Composing(compose => compose with { Epsilon = number }, isBound),
        "max_per_category" => Composing(compose => compose with { Caps = compose.Caps with { MaxPerCategory = (int)number } }, isBound),
        "max_per_brand" => Composing(compose => compose with { Caps = compose.Caps with { MaxPerBrand = (int)number } }, isBound),
        _ => this,
    };

    private Tuning Composing(Func<ComposeOptions, ComposeOptions> change, bool isBound) =>
        this with { Compose = change(Compose), Shelf = isBound ? change(Shelf) : Shelf };

    private static SlatePolicy? PolicyOf(string value) => value switch
    {
        "mmr" => SlatePolicy.MarginalRelevance,
        "dpp" => SlatePolicy.Determinantal,
        "slots" => SlatePolicy.Slots,
        _ => null,
    };
}
