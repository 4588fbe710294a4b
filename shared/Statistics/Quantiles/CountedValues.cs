using System.Collections;

namespace Aisle.Statistics.Quantiles;

/// <summary>Ascending values of which many are equal, kept once each with their counts: a distribution whose size does not
/// depend on how many values there are.</summary>
public sealed class CountedValues : IReadOnlyList<double>
{
    private readonly double[] _values;
    private readonly long[] _reached;

    private CountedValues(double[] values, long[] reached)
    {
        _values = values;
        _reached = reached;
    }

    /// <summary>How many values, equal ones counted each.</summary>
    public long Total => _reached.Length == 0 ? 0 : _reached[^1];

    /// <summary>How many values, at most the largest int.</summary>
    public int Count => (int)Math.Min(Total, int.MaxValue);

    /// <summary>The value at a rank.</summary>
    /// <param name="index">From 0.</param>
    public double this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            int place = Array.BinarySearch(_reached, index + 1L);
            return _values[place >= 0 ? place : ~place];
        }
    }

    /// <summary>The distinct values with their counts, ascending.</summary>
    public IEnumerable<(double Value, long Count)> Distinct => _values.Select((value, i) => (value, _reached[i] - (i == 0 ? 0 : _reached[i - 1])));

    /// <summary>Collects values, equal ones together, in ascending order.</summary>
    /// <param name="values">Values with how often each stands; counts of 0 are ignored.</param>
    /// <exception cref="ArgumentException">A value is no finite number, or a count is negative.</exception>
    public static CountedValues Of(IEnumerable<(double Value, long Count)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        (double Value, long Count)[] sorted = [.. values.Where(pair => pair.Count != 0).GroupBy(pair => pair.Value)
            .Select(group => (group.Key, group.Sum(pair => pair.Count))).OrderBy(pair => pair.Key)];
        if (sorted.Any(pair => !double.IsFinite(pair.Value) || pair.Count < 0))
        {
            throw new ArgumentException("Values are finite and counts not negative.", nameof(values));
        }

        long[] reached = new long[sorted.Length];
        long total = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            reached[i] = total += sorted[i].Count;
        }

        return new CountedValues([.. sorted.Select(pair => pair.Value)], reached);
    }

    /// <summary>A quantile, linear between order statistics: type 7 of Hyndman and Fan (1996).</summary>
    /// <param name="share">In [0, 1].</param>
    /// <exception cref="InvalidOperationException">There are no values.</exception>
    public double Quantile(double share) => Count == 0 ? throw new InvalidOperationException("There are no values.") : Percentile.Linear(this, share);

    /// <summary>The sums after capping at a value.</summary>
    /// <param name="cap">The highest value that counts.</param>
    public CappedArm CappedAt(double cap)
    {
        double sum = 0;
        double squares = 0;
        long changed = 0;
        foreach ((double value, long count) in Distinct)
        {
            double kept = Math.Min(value, cap);
            sum += count * kept;
            squares += count * kept * kept;
            changed += kept != value ? count : 0;
        }

        return new CappedArm(Total, sum, squares, changed);
    }

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator()
    {
        foreach ((double value, long count) in Distinct)
        {
            for (long i = 0; i < count; i++)
            {
                yield return value;
            }
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
