using System.Numerics.Tensors;

namespace Aisle.Candidates.Hybrid;

/// <summary>One source's scores of all items for one shopper, on the scale 0..1.</summary>
/// <param name="items">How many items.</param>
internal sealed class SourceScores(int items)
{
    /// <summary>The scores, by index; those of items that the source does not know mean nothing.</summary>
    public float[] Values { get; } = new float[items];

    /// <summary>Whether the source told items apart for this shopper.</summary>
    public bool Speaks { get; private set; }

    /// <summary>Nothing to say for this shopper.</summary>
    public void Silence() => Speaks = false;

    /// <summary>Brings the raw scores to 0..1: the worst known item gets 0, the best 1.</summary>
    /// <param name="known">Whether the source knows an item; null when it knows all.</param>
    /// <remarks>When all known items have one score the source says nothing.</remarks>
    public void Scale(bool[]? known)
    {
        (float min, float max) = Extremes(known);
        float range = max - min;
        Speaks = range > 0 && float.IsFinite(range);
        if (Speaks)
        {
            TensorPrimitives.Subtract(Values, min, Values);
            TensorPrimitives.Divide(Values, range, Values);
            Range = range;
        }
    }

    /// <summary>max − min of the scores as they are; positive and finite, 1 when all are equal.</summary>
    /// <param name="known">As in <see cref="Scale"/>.</param>
    public float Spread(bool[]? known)
    {
        (float min, float max) = Extremes(known);
        return max - min is > 0 and var spread && float.IsFinite(spread) ? spread : 1;
    }

    private (float Min, float Max) Extremes(bool[]? known)
    {
        if (known is null)
        {
            return Values.Length == 0 ? (0, 0) : (TensorPrimitives.Min<float>(Values), TensorPrimitives.Max<float>(Values));
        }

        float min = float.PositiveInfinity;
        float max = float.NegativeInfinity;
        for (int item = 0; item < Values.Length; item++)
        {
            if (known[item])
            {
                min = Math.Min(min, Values[item]);
                max = Math.Max(max, Values[item]);
            }
        }

        return (min, max);
    }

    /// <summary>max − min of the raw scores: a contribution to a raw score divided by it is one to the scaled score.</summary>
    public float Range { get; private set; }
}
