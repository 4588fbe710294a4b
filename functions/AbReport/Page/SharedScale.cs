namespace Aisle.AbReport.Page;

/// <summary>Maps values to the pixels of a drawing, the same for all that are to be compared.</summary>
/// <param name="Low">The value at the left (or lower) edge.</param>
/// <param name="High">The value at the right (or upper) edge.</param>
/// <param name="Pixels">The length of the axis.</param>
internal sealed record SharedScale(double Low, double High, double Pixels)
{
    /// <summary>A scale that holds all the values and 0, with a margin; of no values, from −1 to 1.</summary>
    public static SharedScale Of(IEnumerable<double?> values, double pixels)
    {
        double[] known = [.. values.OfType<double>().Where(double.IsFinite), 0];
        double low = known.Min();
        double high = known.Max();
        double margin = high > low ? 0.08 * (high - low) : 1;
        return new SharedScale(low - margin, high + margin, pixels);
    }

    /// <summary>Where a value stands, kept within the drawing.</summary>
    public double At(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1) * Pixels;

    /// <summary>Round values to label the axis with, about as many as asked for, 0 among them.</summary>
    public IEnumerable<double> Ticks(int count)
    {
        double raw = (High - Low) / count;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = new[] { 1.0, 2, 5, 10 }.First(factor => factor * power >= raw) * power;
        for (double tick = Math.Ceiling(Low / step) * step; tick <= High; tick += step)
        {
            yield return Math.Abs(tick) < step / 1e6 ? 0 : tick;
        }
    }
}
