using Aisle.Numerics;

namespace Aisle.ColdStart;

/// <summary>How many shoppers each product interested: in the whole shop, and in each cohort that is large enough. Immutable.</summary>
public sealed class PopularityTable
{
    private readonly int[] _shoppers;
    private readonly float[] _damped;
    private readonly int[] _ranking;
    private readonly Dictionary<Cohort, CohortPopularity> _cohorts;

    /// <summary>Takes counts and makes the rankings.</summary>
    /// <param name="shoppers">Distinct shoppers of each item, by index; not negative.</param>
    /// <param name="cohorts">The cohorts that reached the floor.</param>
    public PopularityTable(IReadOnlyList<int> shoppers, IReadOnlyList<CohortPopularity> cohorts)
    {
        ArgumentNullException.ThrowIfNull(shoppers);
        ArgumentNullException.ThrowIfNull(cohorts);
        _shoppers = [.. shoppers];
        _damped = new float[_shoppers.Length];
        double most = Math.Log(1.0 + _shoppers.DefaultIfEmpty(0).Max());
        for (int item = 0; item < _shoppers.Length; item++)
        {
            _damped[item] = most > 0 ? (float)(Math.Log(1.0 + _shoppers[item]) / most) : 0;
        }

        _ranking = [.. Enumerable.Range(0, _shoppers.Length).OrderByDescending(item => _shoppers[item])];
        _cohorts = cohorts.ToDictionary(cohort => cohort.Cohort);
        Cohorts = [.. cohorts.OrderBy(cohort => cohort.Cohort)];
    }

    /// <summary>All products, most shoppers first, ties by index.</summary>
    public IReadOnlyList<int> Ranking => _ranking;

    /// <summary>The cohorts that are large enough to be used, in their order.</summary>
    public IReadOnlyList<CohortPopularity> Cohorts { get; }

    /// <summary>Distinct shoppers of an item.</summary>
    public int ShoppersOf(int item) => _shoppers[item];

    /// <summary>Log-damped popularity of an item, ln(1 + n) / ln(1 + n_max), in [0, 1].</summary>
    public float Damped(int item) => _damped[item];

    /// <summary>Log-damped popularity of all items, by index.</summary>
    public ReadOnlySpan<float> DampedScores => _damped;

    /// <summary>Distinct shoppers of all items, by index.</summary>
    internal ReadOnlySpan<int> Shoppers => _shoppers;

    /// <summary>The finest cohort with enough shoppers that this one belongs to.</summary>
    /// <param name="cohort">What is known about a shopper; null is everybody.</param>
    /// <returns>Null when only the whole shop is large enough.</returns>
    public CohortPopularity? FinestFor(Cohort? cohort)
    {
        foreach (Cohort level in (cohort ?? Cohort.Everybody).FromFineToCoarse())
        {
            if (_cohorts.TryGetValue(level, out CohortPopularity? found))
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>What is most popular among shoppers of this kind, best first, continued by the shop's ranking, no item twice.</summary>
    /// <param name="cohort">What is known about a shopper; null is everybody.</param>
    /// <param name="count">How many at most, positive.</param>
    /// <param name="among">Whether an item may be in the list; null when all may.</param>
    /// <returns>Items with scores in [0, 1] that never rise: the cohort's log-damped popularity first, then the
    /// shop's, held below it.</returns>
    public IReadOnlyList<ScoredIndex> Top(Cohort? cohort, int count, Func<int, bool>? among)
    {
        List<ScoredIndex> top = new(Math.Min(count, _ranking.Length));
        HashSet<int> taken = [];
        float last = 1;
        foreach (ScoredIndex entry in Candidates(FinestFor(cohort)))
        {
            if (top.Count == count)
            {
                break;
            }

            if ((among is null || among(entry.Index)) && taken.Add(entry.Index))
            {
                last = Math.Min(last, entry.Score);
                top.Add(entry with { Score = last });
            }
        }

        return top;
    }

    private IEnumerable<ScoredIndex> Candidates(CohortPopularity? cohort) =>
        (cohort?.Ranked ?? []).Concat(_ranking.Select(item => new ScoredIndex(item, _damped[item])));
}
