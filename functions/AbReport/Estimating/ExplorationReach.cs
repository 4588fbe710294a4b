using System.Globalization;
using Aisle.Sql;

namespace Aisle.AbReport.Estimating;

/// <summary>How far a log tells what more or less exploration would do.</summary>
internal static class ExplorationReach
{
    private const double Rounding = 1e-9;

    /// <summary>Why the log does not tell; null when it does. The logged policy itself is always told.</summary>
    /// <param name="places">What was shown, a position each.</param>
    /// <param name="strength">What multiplies the chance of every explored product, at least 0.</param>
    public static string? ProblemOf(IReadOnlyList<LoggedPlace> places, double strength) => strength == 1 ? null
        : places.GroupBy(place => place.Position).OrderBy(position => position.Key).Select(position => ProblemOf(position.Key, position, strength)).FirstOrDefault(problem => problem is not null);

    private static string? ProblemOf(long position, IEnumerable<LoggedPlace> places, double strength)
    {
        double[] ranked = [.. places.Where(place => !place.IsExplored).Select(place => place.Propensity)];
        if (ranked.Length == 0)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"every product at position {position} was explored, so what would stand there otherwise is not known; send a policy that names products with their probabilities");
        }

        double explored = 1 - ranked.Min();
        return strength * explored <= 1 + Rounding ? null : string.Create(CultureInfo.InvariantCulture,
            $"at position {position} up to {explored:P0} is explored already, which {strength} times makes more than all of it; propose an exploration of at most {1 / explored:0.##}");
    }
}
