using System.Numerics;

namespace Aisle.Numerics;

/// <summary>Finds the few numbers of many that lie above a bar.</summary>
internal static class Exceedance
{
    /// <summary>The first position from a given one on whose number lies above the bar.</summary>
    /// <param name="values">The numbers; NaN lies above nothing.</param>
    /// <param name="start">Where to begin, in 0 … the number of values.</param>
    /// <param name="bar">The bar.</param>
    /// <returns>The position; −1 when there is none.</returns>
    public static int First(ReadOnlySpan<float> values, int start, float bar)
    {
        Vector<float> bars = new(bar);
        int position = start;
        for (; position + Vector<float>.Count <= values.Length; position += Vector<float>.Count)
        {
            if (Vector.GreaterThanAny(new Vector<float>(values[position..]), bars))
            {
                break;
            }
        }

        return Plain(values, position, bar);
    }

    /// <summary>The plain twin.</summary>
    public static int Plain(ReadOnlySpan<float> values, int start, float bar)
    {
        for (int position = start; position < values.Length; position++)
        {
            if (values[position] > bar)
            {
                return position;
            }
        }

        return -1;
    }
}
