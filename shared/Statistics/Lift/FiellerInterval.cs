namespace Aisle.Statistics.Lift;

/// <summary>The interval of a relative lift that excludes 0 exactly when the test of the absolute difference rejects.</summary>
/// <remarks>Fieller (1954). With R = treatment ÷ control, reach z and g = z²·v/control² the ends are (R ±
/// z/|control|·√((1 − g)·w + R²·v))/(1 − g) − 1.</remarks>
/// <param name="Kind">Its shape; null when the control is exactly 0.</param>
/// <param name="G">How far the control is from being clear of 0: below 1 it is.</param>
/// <param name="Low">The lower end of a bounded interval; null otherwise.</param>
/// <param name="High">The upper end of a bounded interval; null otherwise.</param>
public sealed record FiellerInterval(FiellerKind? Kind, double? G, double? Low, double? High)
{
    /// <summary>The interval of (treatment − control) ÷ |control|.</summary>
    /// <param name="control">The control's mean.</param>
    /// <param name="treatment">The treatment's mean.</param>
    /// <param name="v">The variance of the control's mean.</param>
    /// <param name="w">The variance of the treatment's mean.</param>
    /// <param name="reach">The quantile of the test it is to agree with.</param>
    public static FiellerInterval Of(double control, double treatment, double v, double w, double reach)
    {
        if (control == 0)
        {
            return new FiellerInterval(null, null, null, null);
        }

        double g = reach * reach * v / (control * control);
        double ratio = treatment / control;
        double under = ((1 - g) * w) + (ratio * ratio * v);
        if (g >= 1)
        {
            return new FiellerInterval(under < 0 ? FiellerKind.Unbounded : FiellerKind.Complement, g, null, null);
        }

        double spread = reach / Math.Abs(control) * Math.Sqrt(under);
        double low = ((ratio - spread) / (1 - g)) - 1;
        double high = ((ratio + spread) / (1 - g)) - 1;
        return control > 0
            ? new FiellerInterval(FiellerKind.Bounded, g, low, high)
            : new FiellerInterval(FiellerKind.Bounded, g, -high, -low);
    }
}
