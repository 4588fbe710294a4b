namespace Aisle.RetrainTrigger.Features;

/// <summary>A weighted mean of prices, summed in whole numbers: the same in whatever order a warehouse gives the rows.</summary>
/// <param name="Sum">Σ weight · price, in minor units times the weights' unit.</param>
/// <param name="Weights">Σ weight, in billionths.</param>
internal readonly record struct PriceMean(Int128 Sum, Int128 Weights)
{
    private const double Unit = 1e9;
    private const double MostWeight = 1e6; // thousands of 64-bit prices at it stay within 128 bits

    /// <summary>The mean, minor units; null when nothing was added.</summary>
    public double? Value => Weights > 0 ? (double)Sum / (double)Weights : null;

    /// <summary>The mean with one price more.</summary>
    /// <param name="priceMinor">Minor units.</param>
    /// <param name="weight">How strongly it counts; what is not positive or not finite does not.</param>
    public PriceMean With(long priceMinor, double weight)
    {
        if (!(weight > 0) || !double.IsFinite(weight))
        {
            return this;
        }

        Int128 whole = Math.Max(1L, (long)Math.Round(Math.Min(weight, MostWeight) * Unit));
        return new PriceMean(Sum + (whole * priceMinor), Weights + whole);
    }
}
