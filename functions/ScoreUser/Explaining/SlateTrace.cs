using Aisle.Candidates.Hybrid;
using Aisle.Reranking;
using Aisle.Reranking.Rules;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Finding;

namespace Aisle.ScoreUser.Explaining;

/// <summary>How a slate came about, decision by decision. It only listens: a slate is the same with and without it.</summary>
public sealed class SlateTrace
{
    private readonly Dictionary<int, ComponentScores> _components = [];
    private readonly Dictionary<int, float> _votes = [];
    private readonly Dictionary<int, TracedCandidate> _candidates = [];

    /// <summary>How many candidates were found.</summary>
    public int Found { get; private set; }

    /// <summary>The candidates in the order in which they were found, with what became of each.</summary>
    public IReadOnlyCollection<TracedCandidate> Candidates => _candidates.Values;

    /// <summary>How many candidates each filter removed; together with those that were kept they are all that were found.</summary>
    public IReadOnlyList<(string Reason, int Count)> Removed { get; private set; } = [];

    /// <summary>The pins that were set.</summary>
    public IReadOnlyList<RulePin> Pins { get; private set; } = [];

    /// <summary>How the slate was composed; null when composition was not reached.</summary>
    public ComposeOptions? Options { get; private set; }

    /// <summary>How many candidates were re-ranked.</summary>
    public int Depth { get; private set; }

    /// <summary>The slate after each step of its composition.</summary>
    public IReadOnlyList<CompositionStep> Steps { get; private set; } = [];

    /// <summary>The positions as composed.</summary>
    public IReadOnlyList<ComposedItem> Positions { get; private set; } = [];

    /// <summary>The rules that took part, by id.</summary>
    public IReadOnlyList<string> RulesFired =>
        [.. _candidates.Values.SelectMany(candidate => candidate.Rules).Concat(Pins.Select(pin => pin.RuleId)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>How the candidates were found.</summary>
    public CandidateRoute? Route { get; private set; }

    /// <summary>Which way the request went.</summary>
    internal void Take(CandidateRoute route) => Route = route;

    /// <summary>What went into live scores.</summary>
    internal void Score(IReadOnlyList<ScoredItem> items)
    {
        foreach (ScoredItem item in items)
        {
            _components[item.Item] = item.Components;
        }
    }

    /// <summary>What visits like the one under way say of a candidate.</summary>
    internal void Vote(int item, float vote) => _votes[item] = vote;

    /// <summary>What the filters did.</summary>
    internal void Filter(CandidatePool pool, EligibleItems eligible)
    {
        Found = pool.Items.Count;
        foreach (PlacedItem placed in pool.Items)
        {
            (string? removedBy, string? rule) = eligible.Explain(placed.Item);
            _candidates[placed.Item] = new TracedCandidate(
                placed.Item, placed.Source, placed.Score, _components.TryGetValue(placed.Item, out ComponentScores components) ? components : null, removedBy)
            {
                Rules = rule is null ? [] : [rule],
                Visit = _votes.TryGetValue(placed.Item, out float vote) ? vote : null,
            };
        }

        Removed = [.. _candidates.Values.Where(candidate => candidate.RemovedBy is not null).GroupBy(candidate => candidate.RemovedBy!)
            .Select(group => (group.Key, group.Count())).OrderByDescending(entry => entry.Item2).ThenBy(entry => entry.Key, StringComparer.Ordinal)];
    }

    /// <summary>What rules and price did to a score.</summary>
    internal void Weigh(int item, double byRules, double byPrice, IReadOnlyList<string>? rules) =>
        _candidates[item] = _candidates[item] with { RuleFactor = byRules, PriceFactor = byPrice, Rules = rules ?? [] };

    /// <summary>What merchandisers put where.</summary>
    internal void Pin(IReadOnlyList<RulePin> pins) => Pins = pins;

    /// <summary>What became of it.</summary>
    internal void Compose(ComposeOptions options, int depth, IReadOnlyList<ComposedItem> positions, IReadOnlyList<CompositionStep> steps)
    {
        Steps = steps;
        Options = options;
        Depth = depth;
        Positions = positions;
    }
}
