using Aisle.Events;

namespace Aisle.Sql;

/// <summary>Takes single visitors out of an experiment's queries: testers, the shop's own people, programs.</summary>
public sealed class LeftOutVisitors
{
    /// <summary>At most so many can be named; engines bound the number of parameters.</summary>
    public const int Most = 1_000;

    private const string Mark = "    --visitors left out\n";

    private readonly Dictionary<string, object> _parameters = [];
    private readonly string _condition;

    /// <summary>Names them.</summary>
    /// <param name="visitors">Who; repeats are allowed, and none is too.</param>
    /// <exception cref="ArgumentException">There are more than <see cref="Most"/>.</exception>
    public LeftOutVisitors(IEnumerable<AssignmentId> visitors)
    {
        ArgumentNullException.ThrowIfNull(visitors);
        AssignmentId[] all = [.. visitors.Distinct().Order()];
        if (all.Length > Most)
        {
            throw new ArgumentException($"{all.Length} visitors are more than {Most}.", nameof(visitors));
        }

        string names = string.Join(", ", all.Select(visitor => MeasureCondition.Parameter(_parameters, "left_out", visitor.Value)));
        _condition = all.Length == 0 ? "" : $"    AND assignment_id NOT IN ({names})\n";
    }

    /// <summary>The query without them.</summary>
    /// <exception cref="ArgumentException">The query's statement does not say where visitors can be left out.</exception>
    public PortableQuery<TRow> From<TRow>(PortableQuery<TRow> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Sql.Contains(Mark, StringComparison.Ordinal)
            ? query with { Sql = query.Sql.Replace(Mark, _condition, StringComparison.Ordinal), Parameters = [.. query.Parameters, .. _parameters.Keys] }
            : throw new ArgumentException($"{query.Name} cannot leave visitors out.", nameof(query));
    }

    /// <summary>The query's parameters with those that name the visitors.</summary>
    public Dictionary<string, object> Beside(IReadOnlyDictionary<string, object> parameters) => new(parameters.Concat(_parameters));
}
