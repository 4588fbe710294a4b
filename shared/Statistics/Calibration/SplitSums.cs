using System.Numerics.Tensors;

namespace Aisle.Statistics.Calibration;

/// <summary>A metric's values, squared and multiplied once, so that each split costs only products with its mask.</summary>
internal sealed class SplitSums
{
    private const double AnyAlpha = 0.05;

    private readonly UserMetricKind _kind;
    private readonly SummedColumn _numerators;
    private readonly SummedColumn _squares;
    private readonly SummedColumn? _denominators;
    private readonly SummedColumn? _denominatorSquares;
    private readonly SummedColumn? _products;

    /// <summary>Prepares a metric.</summary>
    public SplitSums(UserMetric metric)
    {
        _kind = metric.Kind;
        double[] numerators = _kind == UserMetricKind.Mean ? Centred(metric.Numerators) : metric.Numerators;
        _numerators = new SummedColumn(numerators);
        _squares = SummedColumn.Product(numerators, numerators);
        if (metric.Denominators is { } denominators)
        {
            _denominators = new SummedColumn(denominators);
            _denominatorSquares = SummedColumn.Product(denominators, denominators);
            _products = SummedColumn.Product(numerators, denominators);
        }
    }

    /// <summary>The two-sided p of the users in the mask against the others; null without an answer.</summary>
    /// <param name="mask">1 in the treatment, 0 in the control, by user.</param>
    public double? PValue(double[] mask)
    {
        double treated = TensorPrimitives.Sum<double>(mask);
        double others = mask.Length - treated;
        (double m, double restM) = _numerators.Divided(mask);
        (double mm, double restMm) = _squares.Divided(mask);
        return _kind switch
        {
            UserMetricKind.Mean => ArmComparison.OfMeans(ArmMean.FromSums(others, restM, restMm), ArmMean.FromSums(treated, m, mm), AnyAlpha).PValue,
            UserMetricKind.Share => ProportionComparison.Of(others, restM, treated, m, AnyAlpha).PooledPValue,
            _ => Ratio(mask, (treated, m, mm), (others, restM, restMm)),
        };
    }

    private double? Ratio(double[] mask, (double Count, double M, double Mm) treatment, (double Count, double M, double Mm) control)
    {
        (double d, double restD) = _denominators!.Divided(mask);
        (double dd, double restDd) = _denominatorSquares!.Divided(mask);
        (double md, double restMd) = _products!.Divided(mask);
        return ArmComparison.OfRatios(
            new ArmRatio(control.Count, control.M, restD, control.Mm, restDd, restMd),
            new ArmRatio(treatment.Count, treatment.M, d, treatment.Mm, dd, md), AnyAlpha).PValue;
    }

    // Neither difference nor variance feels a shift, and sums of squares near 0 keep their digits.
    private static double[] Centred(double[] values)
    {
        double centre = values.Length == 0 ? 0 : values.AsSpan().IndexOfAnyExcept(values[0]) < 0 ? values[0] : values.Average();
        return [.. values.Select(value => value - centre)];
    }
}
