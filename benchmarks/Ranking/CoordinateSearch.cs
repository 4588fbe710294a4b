namespace Aisle.Benchmarks.Ranking;

/// <summary>Looks for good settings one axis after the other, outwards from the present value, until nothing
/// improves or the time is up.</summary>
/// <param name="budget">After this time no new trial starts; the first always runs.</param>
/// <param name="clock">Measures it.</param>
internal sealed class CoordinateSearch(TimeSpan budget, TimeProvider clock)
{
    /// <summary>The best settings found.</summary>
    /// <param name="axes">What can be set.</param>
    /// <param name="judge">How good settings are; higher is better.</param>
    public double[] Best(IReadOnlyList<Axis> axes, Func<double[], double> judge)
    {
        long begun = clock.GetTimestamp();
        double[] best = [.. axes.Select(axis => axis.Default)];
        double quality = judge(best);
        bool improved = true;
        while (improved)
        {
            improved = false;
            for (int axis = 0; axis < axes.Count; axis++)
            {
                foreach (int direction in (int[])[1, -1])
                {
                    while (Step(axes[axis], best[axis], direction) is { } value && clock.GetElapsedTime(begun) < budget)
                    {
                        double[] other = [.. best];
                        other[axis] = value;
                        double found = judge(other);
                        if (!(found > quality))
                        {
                            break;
                        }

                        (best, quality, improved) = (other, found, true);
                    }
                }
            }
        }

        return best;
    }

    private static double? Step(Axis axis, double value, int direction)
    {
        int index = Array.IndexOf(axis.Values, value) + direction;
        return index >= 0 && index < axis.Values.Length ? axis.Values[index] : null;
    }
}
