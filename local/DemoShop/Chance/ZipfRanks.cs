namespace Aisle.Local.DemoShop.Chance;

/// <summary>Draws ranks whose frequencies fall by a power law, in constant time and memory.</summary>
/// <remarks>The inverse of the continuous distribution with density ∝ x^−s on [1, n + 1), rounded down (Devroye
/// 1986, chapter X.6).</remarks>
internal static class ZipfRanks
{
    private const double Exponent = 0.6;

    /// <summary>A rank in [0, <paramref name="count"/>), 0 the most frequent.</summary>
    /// <param name="uniform">A number in [0, 1).</param>
    /// <param name="count">How many ranks there are, at least 1.</param>
    public static int Draw(double uniform, int count)
    {
        double top = Math.Pow(count + 1, 1 - Exponent);
        double x = Math.Pow(((top - 1) * uniform) + 1, 1 / (1 - Exponent));
        return Math.Min((int)x - 1, count - 1);
    }
}
