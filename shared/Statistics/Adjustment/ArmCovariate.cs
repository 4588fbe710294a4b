namespace Aisle.Statistics.Adjustment;

/// <summary>One arm's sums of a metric Y and of the same users' covariate X from before their exposure.</summary>
/// <param name="Count">Users.</param>
/// <param name="SumY">ΣY.</param>
/// <param name="SumYY">ΣY².</param>
/// <param name="SumX">ΣX.</param>
/// <param name="SumXX">ΣX².</param>
/// <param name="SumXY">ΣXY.</param>
public sealed record ArmCovariate(double Count, double SumY, double SumYY, double SumX, double SumXX, double SumXY)
{
    /// <summary>Whether every figure is a finite number and the count whole.</summary>
    public bool IsValid => ArmMean.IsCount(Count) && double.IsFinite(SumY + SumYY + SumX + SumXX + SumXY);

    /// <summary>The mean of Y.</summary>
    public double MeanY => SumY / Count;

    /// <summary>The mean of X.</summary>
    public double MeanX => SumX / Count;

    /// <summary>The variance of Y, with n − 1.</summary>
    public double VarianceY => (SumYY - (SumY * MeanY)) / (Count - 1);

    /// <summary>The variance of X, with n − 1.</summary>
    public double VarianceX => (SumXX - (SumX * MeanX)) / (Count - 1);

    /// <summary>The covariance of X and Y, with n − 1.</summary>
    public double Covariance => (SumXY - (SumX * MeanY)) / (Count - 1);
}
