using Aisle.Sql;
using Aisle.Statistics;
using Aisle.Statistics.Adjustment;

namespace Aisle.AbReport.Figures;

/// <summary>The sums of one arm, or of a segment of it: whole numbers, so that any order of adding gives the same bits.</summary>
/// <param name="sums">What is added up.</param>
/// <param name="estimates">By metric what is no sum over visitors, a quantile or coverage, as a mean with the variance of
/// its own; of a segment there is none.</param>
internal sealed class ArmSums(IReadOnlyList<ExperimentSum> sums, IReadOnlyDictionary<string, ArmMean> estimates)
{
    private static readonly ArmMean Nothing = new(0, null, null, 0);

    private readonly Dictionary<ExperimentSum, int> _index = sums.Index().ToDictionary(sum => sum.Item, sum => sum.Index);
    private readonly Int128[] _values = new Int128[sums.Count];

    /// <summary>Visitors.</summary>
    public long Visitors { get; private set; }

    /// <summary>Adds a row.</summary>
    public void Add(ExperimentArmsRow row)
    {
        Visitors += row.Visitors;
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] += row.Sums[i];
        }
    }

    /// <summary>The quantile or coverage that a metric is; without data where there is none.</summary>
    public ArmMean Estimate(string metric) => estimates.GetValueOrDefault(metric, Nothing);

    /// <summary>Σx.</summary>
    public Int128 Sum(string measure) => _values[_index[new ExperimentSum(measure, null)]];

    /// <summary>Σxy.</summary>
    public Int128 Product(string one, string other) => _values[_index[ExperimentSum.Product(one, other)]];

    /// <summary>The mean of a measure.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="scale">How many of it make one unit, such as minor units of money.</param>
    public ArmMean Mean(string measure, double scale)
    {
        ArmMean whole = ArmMean.FromExactSums(Visitors, Sum(measure), Product(measure, measure));
        return new ArmMean(whole.Count, whole.Mean / scale, whole.Variance / (scale * scale), whole.Scale / (scale * scale));
    }

    /// <summary>The ratio of two measures.</summary>
    /// <param name="numerator">The measure on top.</param>
    /// <param name="denominator">The measure below.</param>
    /// <param name="scale">How many of the numerator make one unit.</param>
    public ArmRatio Ratio(string numerator, string denominator, double scale) => new(
        Visitors, (double)Sum(numerator) / scale, (double)Sum(denominator), (double)Product(numerator, numerator) / (scale * scale),
        (double)Product(denominator, denominator), (double)Product(numerator, denominator) / scale);

    /// <summary>A measure with the same one of the time before the exposure.</summary>
    public ArmCovariate Covariate(string measure, double scale)
    {
        string before = measure + ExperimentMeasure.BeforeSuffix;
        double square = scale * scale;
        return new ArmCovariate(
            Visitors, (double)Sum(measure) / scale, (double)Product(measure, measure) / square, (double)Sum(before) / scale,
            (double)Product(before, before) / square, (double)Product(measure, before) / square);
    }

    /// <summary>A ratio with the same one of the time before the exposure.</summary>
    public ArmRatioCovariate RatioCovariate(string m, string d, double scale)
    {
        string p = m + ExperimentMeasure.BeforeSuffix;
        string q = d + ExperimentMeasure.BeforeSuffix;
        return new ArmRatioCovariate(
            Visitors, Ratio(m, d, scale), Ratio(p, q, scale), (double)Product(m, p) / (scale * scale), (double)Product(m, q) / scale,
            (double)Product(d, p) / scale, (double)Product(d, q));
    }
}
