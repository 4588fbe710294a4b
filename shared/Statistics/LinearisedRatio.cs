namespace Aisle.Statistics;

/// <summary>A ratio metric after and before the exposure as means over users, with the variances of the linearised users.</summary>
/// <param name="Count">Users.</param>
/// <param name="Ratio">The ratio after.</param>
/// <param name="RatioBefore">The ratio before.</param>
/// <param name="Variance">The variance between linearised users after, with n − 1.</param>
/// <param name="VarianceBefore">The same before.</param>
/// <param name="Covariance">Their covariance.</param>
/// <param name="Scale">What the variance is to be judged against: values far below its rounding count as 0.</param>
internal sealed record LinearisedRatio(
    long Count, double Ratio, double RatioBefore, double Variance, double VarianceBefore, double Covariance, double Scale)
{
    /// <summary>The variance between users after θ times the linearised past is taken off.</summary>
    public double Adjusted(double theta) => Variance + (theta * theta * VarianceBefore) - (2 * theta * Covariance);
}
