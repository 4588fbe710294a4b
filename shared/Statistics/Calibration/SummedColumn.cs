using System.Numerics.Tensors;

namespace Aisle.Statistics.Calibration;

/// <summary>Values by user whose sum is known, so that one product gives the sums of both arms.</summary>
internal sealed class SummedColumn
{
    // A remainder below this share of all absolute values is rounding of the subtraction.
    private const double RoundingShare = 1e-13;

    private readonly double[] _values;
    private readonly double _total;
    private readonly double _floor;

    /// <summary>Sums the values.</summary>
    public SummedColumn(double[] values)
    {
        _values = values;
        _total = TensorPrimitives.Sum<double>(values);
        _floor = RoundingShare * TensorPrimitives.SumOfMagnitudes<double>(values);
    }

    /// <summary>The element-wise product of two columns.</summary>
    public static SummedColumn Product(double[] left, double[] right)
    {
        double[] product = new double[left.Length];
        TensorPrimitives.Multiply(left, right, product);
        return new SummedColumn(product);
    }

    /// <summary>The sum over the mask's users and over the others.</summary>
    public (double Treated, double Others) Divided(double[] mask)
    {
        double treated = TensorPrimitives.Dot<double>(_values, mask);
        double others = _total - treated;
        return (treated, Math.Abs(others) <= _floor ? 0 : others);
    }
}
