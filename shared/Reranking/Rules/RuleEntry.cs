using Aisle.Events;

namespace Aisle.Reranking.Rules;

/// <summary>One rule as written.</summary>
internal sealed record RuleEntry
{
    /// <summary>The rule's name.</summary>
    public string? Id { get; init; }

    /// <summary>What it does.</summary>
    public RuleAction? Action { get; init; }

    /// <summary>Which products.</summary>
    public MatchEntry? Match { get; init; }

    /// <summary>Of a pin.</summary>
    public int? Position { get; init; }

    /// <summary>Of a boost or bury.</summary>
    public double? Factor { get; init; }

    /// <summary>Where.</summary>
    public List<string>? Surfaces { get; init; }

    /// <summary>For whom.</summary>
    public RuleAudience? Audience { get; init; }

    /// <summary>From when.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Between pins.</summary>
    public int Priority { get; init; }

    /// <summary>The entry of a rule.</summary>
    public static RuleEntry Of(MerchandisingRule rule) => new()
    {
        Id = rule.Id,
        Action = rule.Action,
        Match = MatchEntry.Of(rule.Match),
        Position = rule.Position,
        Factor = rule.Factor,
        Surfaces = rule.Surfaces.Count == 0 ? null : [.. rule.Surfaces],
        Audience = rule.Audience,
        From = rule.From,
        Until = rule.Until,
        Priority = rule.Priority,
    };

    /// <summary>The rule of an entry, or null when something is missing; what is wrong is added to <paramref name="problems"/>.</summary>
    public MerchandisingRule? ToRule(string place, List<string> problems)
    {
        int before = problems.Count;
        Require(Identity.IsValid(Id), place, "id", "give each rule a short name", problems);
        Require(Action is not null, place, "action", "use block, pin, bury or boost", problems);
        Require(Match is not null, place, "match", "say which products; {} means all", problems);
        foreach (string product in (Match?.Products ?? []).Where(product => !Identity.IsValid(product)))
        {
            problems.Add($"{place}.match.products: '{product}' cannot be a product id.");
        }

        return problems.Count > before ? null : new MerchandisingRule
        {
            Id = Id!,
            Action = Action!.Value,
            Match = Match!.ToMatch(),
            Position = Position,
            Factor = Factor,
            Surfaces = Surfaces ?? [],
            Audience = Audience,
            From = From?.ToUniversalTime(),
            Until = Until?.ToUniversalTime(),
            Priority = Priority,
        };
    }

    private static void Require(bool holds, string place, string field, string remedy, List<string> problems)
    {
        if (!holds)
        {
            problems.Add($"{place}.{field}: is missing or not valid; {remedy}.");
        }
    }
}
