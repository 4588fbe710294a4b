using Aisle.Events;
using Aisle.Reranking;

namespace Aisle.ScoreUser.Requests;

/// <summary>What a shop asks for: one slate.</summary>
public sealed record SlateRequest
{
    /// <summary>The most positions of a slate.</summary>
    public const int MaxLimit = 100;

    /// <summary>The shopper's pseudonym; null for a stranger.</summary>
    public UserId? User { get; init; }

    /// <summary>The raw id, echoed in the answer and neither stored nor logged; null for a stranger.</summary>
    public string? RawUser { get; init; }

    /// <summary>The pseudonym the visitor was first seen under, when the caller knows it.</summary>
    public AssignmentId? Assignment { get; init; }

    /// <summary>The shelf.</summary>
    public Surface Surface { get; init; }

    /// <summary>How many positions, 1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>The product being looked at; null when there is none.</summary>
    public ProductId? Product { get; init; }

    /// <summary>The products in the cart.</summary>
    public IReadOnlyList<ProductId> Cart { get; init; } = [];

    /// <summary>What may be shown.</summary>
    public SlateFilter Filter { get; init; } = new();

    /// <summary>Age bracket, location and device as the caller knows them; null where it does not.</summary>
    public (string? AgeBracket, string? Location, string? Device) Cohort { get; init; }

    /// <summary>Whether the shopper agreed to personalisation; without it only the request's own context counts
    /// and nothing is written.</summary>
    public bool Consent { get; init; } = true;

    /// <summary>Whether what the shopper bought already may be shown: true for a list that the caller brings.</summary>
    public bool ShowsPurchased { get; init; }

    /// <summary>How long the slate may take; null for the shop's default.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Whether each decision is to be told; for operators.</summary>
    public bool IsExplained { get; init; }

    /// <summary>The most products of one category and of one brand; none by default.</summary>
    public SlateCaps Caps { get; init; } = SlateCaps.None;

    /// <summary>The least number of products of one category and of one brand; none by default.</summary>
    public SlateFloors Floors { get; init; } = SlateFloors.None;

    /// <summary>The price band relative to <see cref="Product"/>'s price now; null for none. A product without a
    /// price sets no band.</summary>
    public PriceBand? PriceBand { get; init; }

    /// <summary>Whether the slate is about to be shown, so that it is logged; an export and a preview are not. Default true.</summary>
    public bool IsShown { get; init; } = true;

    /// <summary>What the request is about: the product being looked at, and the cart.</summary>
    public IReadOnlyList<ProductId> Context => Product is { } product ? [product, .. Cart.Where(other => other != product)] : Cart;
}
