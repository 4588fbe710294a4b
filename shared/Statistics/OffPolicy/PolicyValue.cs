using Aisle.Numerics;

namespace Aisle.Statistics.OffPolicy;

/// <summary>What a policy earns a decision, and by how much that differs from the policy that ran, on the same users.</summary>
/// <param name="Status">Ok, or zero variance: then there is a value without an interval.</param>
/// <param name="Value">Reward a decision.</param>
/// <param name="StandardError">Between users.</param>
/// <param name="Interval">Of the value; null without variance.</param>
/// <param name="Difference">Value − that of the policy that ran.</param>
/// <param name="DifferenceError">Its standard error; both are estimated on the same users, which is counted.</param>
/// <param name="DifferenceInterval">Excludes 0 exactly when p ≤ α; null where the difference does not vary.</param>
/// <param name="PValue">Two-sided, of no difference; null where the difference does not vary.</param>
public sealed record PolicyValue(
    ComparisonStatus Status,
    double Value,
    double StandardError,
    (double Low, double High)? Interval,
    double Difference,
    double DifferenceError,
    (double Low, double High)? DifferenceInterval,
    double? PValue)
{
    // Squared errors below this share of the natural scale are rounding.
    private const double RoundingShare = 1e-14;

    /// <summary>A ratio of sums over users, with the delta method's error, against another of the same users.</summary>
    /// <remarks>Per user e = (M − R·D) ÷ mean(D) (Deng, Knoblich and Lu 2018, equation 5); t with n − 1 degrees of freedom.</remarks>
    internal static PolicyValue Of(UserSums[] users, RatioOfSums ratio, RatioOfSums baseline, double alpha)
    {
        (double value, double mean) = ratio.Over(users);
        (double logged, double loggedMean) = baseline.Over(users);
        double squares = 0;
        double scale = 0;
        double apart = 0;
        foreach (UserSums user in users)
        {
            double e = ratio.Residual(user, value) / mean;
            double f = baseline.Residual(user, logged) / loggedMean;
            squares += e * e;
            apart += (e - f) * (e - f);
            scale += (ratio.Numerator(user) * ratio.Numerator(user)) + (value * value * ratio.Denominator(user) * ratio.Denominator(user));
        }

        double count = users.Length;
        double floor = RoundingShare * scale / (mean * mean);
        double error = squares <= floor ? 0 : Math.Sqrt(squares / (count - 1) / count);
        double differenceError = apart <= floor ? 0 : Math.Sqrt(apart / (count - 1) / count);
        double reach = StudentT.UpperQuantile(alpha / 2, count - 1);
        double difference = value - logged;
        return new PolicyValue(
            error > 0 ? ComparisonStatus.Ok : ComparisonStatus.ZeroVariance, value, error, Around(value, reach * error),
            difference, differenceError, Around(difference, reach * differenceError),
            differenceError > 0 ? StudentT.TwoSidedTail(Math.Abs(difference / differenceError), count - 1) : null);
    }

    private static (double, double)? Around(double centre, double half) => half > 0 ? (centre - half, centre + half) : null;
}
