namespace Aisle.Candidates.Sessions;

/// <summary>How much a click counts by its place, and an item by its rarity.</summary>
internal static class SessionWeights
{
    /// <summary>The weight of the click at a position, counted from 1, of a session of some length.</summary>
    public static double OfClick(PositionDecay decay, int position, int length) => decay switch
    {
        PositionDecay.Same => 1,
        PositionDecay.Inverse => (double)position / length,
        PositionDecay.Quadratic => Math.Pow((double)position / length, 2),
        PositionDecay.Logarithmic => 1 / Math.Log10(length - position + 1.7),
        _ => throw new ArgumentOutOfRangeException(nameof(decay), decay, null),
    };

    /// <summary>The weight of a click so many steps back, the newest being 1 step.</summary>
    public static double OfStep(PositionDecay decay, int step) => decay switch
    {
        PositionDecay.Same => 1,
        PositionDecay.Inverse => 1.0 / step,
        PositionDecay.Quadratic => 1.0 / ((double)step * step),
        PositionDecay.Logarithmic => 1 / Math.Log10(step + 1.7),
        _ => throw new ArgumentOutOfRangeException(nameof(decay), decay, null),
    };

    /// <summary>ln(sessions / clicks) of each item, at least 0; 0 for an item that was never clicked.</summary>
    public static double[] Rarity(IReadOnlyList<SessionClicks> sessions, int itemCount)
    {
        int[] clicks = new int[itemCount];
        foreach (int item in sessions.SelectMany(session => session.Items))
        {
            clicks[item]++;
        }

        return [.. clicks.Select(count => count == 0 ? 0 : Math.Max(0, Math.Log((double)sessions.Count / count)))];
    }
}
