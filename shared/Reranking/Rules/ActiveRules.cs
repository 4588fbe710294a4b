using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Reranking.Rules;

/// <summary>The rules of one request.</summary>
/// <param name="rules">Those that hold, by id.</param>
public sealed class ActiveRules(IReadOnlyList<MerchandisingRule> rules)
{
    /// <summary>The least and the most that boosts and buries together multiply a score by.</summary>
    public static readonly (double Least, double Most) FactorBounds = (0.01, 100);

    /// <summary>No rule holds.</summary>
    public static ActiveRules Nothing { get; } = new([]);

    private readonly MerchandisingRule[] _blocks = [.. rules.Where(rule => rule.Action == RuleAction.Block)];
    private readonly MerchandisingRule[] _factors = [.. rules.Where(rule => rule.Action is RuleAction.Boost or RuleAction.Bury)];

    /// <summary>The rules that hold, by id.</summary>
    public IReadOnlyList<MerchandisingRule> Rules { get; } = rules;

    /// <summary>Whether there is none.</summary>
    public bool None => Rules.Count == 0;

    /// <summary>Whether a rule blocks anything.</summary>
    public bool Block => _blocks.Length > 0;

    /// <summary>Whether a rule boosts or buries anything.</summary>
    public bool Weigh => _factors.Length > 0;

    /// <summary>The rule that blocks a product, the first by id; null when none does.</summary>
    public MerchandisingRule? BlockOf(Product product) => Array.Find(_blocks, rule => rule.Match.Matches(product));

    /// <summary>What a product's score is multiplied by: all boosts and buries together, within <see cref="FactorBounds"/>.</summary>
    /// <param name="product">The product.</param>
    /// <param name="fired">Receives the ids of the rules that took part, by id; null when nobody wants to know.</param>
    public double FactorOf(Product product, ICollection<string>? fired)
    {
        double factor = 1;
        foreach (MerchandisingRule rule in _factors)
        {
            if (rule.Match.Matches(product))
            {
                factor *= rule.Factor ?? 1;
                fired?.Add(rule.Id);
            }
        }

        return Math.Clamp(factor, FactorBounds.Least, FactorBounds.Most);
    }

    /// <summary>Which product each pinned position gets.</summary>
    /// <param name="limit">How many positions the slate has; pins beyond it are left out.</param>
    /// <param name="find">A product by id when it may be shown; null for one that is filtered, blocked or unknown.</param>
    /// <returns>By position. A rule that names several products pins the first of them that may be shown and is
    /// not pinned already.</returns>
    public IReadOnlyList<RulePin> Pins(int limit, Func<ProductId, Product?> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        SortedDictionary<int, RulePin> pins = [];
        HashSet<ProductId> pinned = [];
        foreach (MerchandisingRule rule in Rules.Where(rule => rule.Action == RuleAction.Pin).OrderByDescending(rule => rule.Priority))
        {
            int position = rule.Position ?? 0;
            Product? product = rule.Match.Products.Select(find)
                .FirstOrDefault(candidate => candidate is not null && rule.Match.Matches(candidate) && BlockOf(candidate) is null && !pinned.Contains(candidate.Id));
            if (position >= 1 && position <= limit && product is not null && pins.TryAdd(position, new RulePin(position, product, rule.Id)))
            {
                pinned.Add(product.Id);
            }
        }

        return [.. pins.Values];
    }
}
