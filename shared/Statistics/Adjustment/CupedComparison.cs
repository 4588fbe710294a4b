namespace Aisle.Statistics.Adjustment;

/// <summary>Treatment against control with the variance reduced by what the users did before the experiment.</summary>
/// <remarks>
/// Deng, Xu, Kohavi and Walker (2013): Y′ = Y − θX, θ = Cov(X, Y)/Var(X) over both arms; then Welch's test. The lift is over the unadjusted
/// control. Two standard errors of the lift are given: the one that counts equal covariate means, and the full delta method, asymptotically
/// the same. Null figures mean that there is none.
/// </remarks>
public sealed record CupedComparison
{
    /// <summary>Whether there is an answer.</summary>
    public required ComparisonStatus Status { get; init; }

    /// <summary>How much of a unit of the covariate is taken off; 0 when the covariate does not vary.</summary>
    public double? Theta { get; init; }

    /// <summary>The control's figure without adjustment.</summary>
    public double? Control { get; init; }

    /// <summary>The treatment's figure without adjustment.</summary>
    public double? Treatment { get; init; }

    /// <summary>The control's covariate ratio, of a ratio metric; null for a mean.</summary>
    public double? ControlBefore { get; init; }

    /// <summary>The treatment's covariate ratio, of a ratio metric; null for a mean.</summary>
    public double? TreatmentBefore { get; init; }

    /// <summary>The control's figure less θ times its covariate's; only the difference between the arms has a meaning of its own.</summary>
    public double? AdjustedControl { get; init; }

    /// <summary>The treatment's figure less θ times its covariate's.</summary>
    public double? AdjustedTreatment { get; init; }

    /// <summary>The variance between users of the control, adjusted.</summary>
    public double? AdjustedVarianceControl { get; init; }

    /// <summary>The variance between users of the treatment, adjusted.</summary>
    public double? AdjustedVarianceTreatment { get; init; }

    /// <summary>Treatment − control without adjustment.</summary>
    public double? DifferenceUnadjusted { get; init; }

    /// <summary>The standard error without adjustment.</summary>
    public double? StandardErrorUnadjusted { get; init; }

    /// <summary>Treatment − control, adjusted.</summary>
    public double? Difference { get; init; }

    /// <summary>The standard error of the adjusted difference.</summary>
    public double? StandardError { get; init; }

    /// <summary>Adjusted difference over its standard error.</summary>
    public double? Statistic { get; init; }

    /// <summary>Satterthwaite's degrees of freedom of the adjusted variances.</summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>Two-sided.</summary>
    public double? PValue { get; init; }

    /// <summary>Lower end of the interval of the adjusted difference.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of the interval of the adjusted difference.</summary>
    public double? High { get; init; }

    /// <summary>1 − adjusted variance of the difference ÷ unadjusted.</summary>
    public double? VarianceReduction { get; init; }

    /// <summary>Adjusted difference ÷ |unadjusted control|.</summary>
    public double? Lift { get; init; }

    /// <summary>The delta method's standard error of the lift, as if the covariate means were equal; of a ratio,
    /// with their gradient.</summary>
    public double? LiftError { get; init; }

    /// <summary>The delta method's standard error of the lift with the gradient of the covariate means; null for a ratio.</summary>
    public double? LiftErrorFull { get; init; }

    // A standard error counts as 0 when its square is nothing but rounding of the unadjusted one.
    private const double RoundingShare = 1e-14;

    /// <summary>Compares means.</summary>
    /// <param name="control">The baseline.</param>
    /// <param name="treatment">The arm that is judged.</param>
    /// <param name="alpha">The two-sided error, in (0, 1).</param>
    public static CupedComparison OfMeans(ArmCovariate control, ArmCovariate treatment, double alpha)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        if (!control.IsValid || !treatment.IsValid)
        {
            return new CupedComparison { Status = ComparisonStatus.InvalidInput };
        }

        if (control.Count < 2 || treatment.Count < 2)
        {
            return control.Count == 0 || treatment.Count == 0
                ? new CupedComparison { Status = ComparisonStatus.NoData }
                : new CupedComparison
                {
                    Status = ComparisonStatus.InsufficientData,
                    Control = control.MeanY,
                    Treatment = treatment.MeanY,
                    DifferenceUnadjusted = treatment.MeanY - control.MeanY,
                };
        }

        double theta = Pooled(control, treatment);
        double adjustedControl = Remaining(control, theta);
        double adjustedTreatment = Remaining(treatment, theta);
        CupedComparison points = new()
        {
            Status = ComparisonStatus.Ok,
            Theta = theta,
            Control = control.MeanY,
            Treatment = treatment.MeanY,
            AdjustedControl = control.MeanY - (theta * control.MeanX),
            AdjustedTreatment = treatment.MeanY - (theta * treatment.MeanX),
            AdjustedVarianceControl = adjustedControl,
            AdjustedVarianceTreatment = adjustedTreatment,
            DifferenceUnadjusted = treatment.MeanY - control.MeanY,
            StandardErrorUnadjusted = Math.Sqrt(Math.Max((control.VarianceY / control.Count) + (treatment.VarianceY / treatment.Count), 0)),
        };
        double scale = (control.VarianceY / control.Count) + (treatment.VarianceY / treatment.Count)
            + (RoundingShare * ((control.SumYY / control.Count / control.Count) + (treatment.SumYY / treatment.Count / treatment.Count)));
        CupedComparison tested = CupedTest.Run(
            points, (long)control.Count, adjustedControl / control.Count, (long)treatment.Count, adjustedTreatment / treatment.Count, scale, alpha);
        return tested.Status == ComparisonStatus.Ok ? WithLift(tested, control, treatment) : tested;
    }

    /// <summary>Compares ratios.</summary>
    /// <remarks>The ratios of before and after are linearised user by user, then adjusted as means are: θ = (Cov_c + Cov_t)/(Var_c +
    /// Var_t) of the linearised values.</remarks>
    /// <param name="control">The baseline.</param>
    /// <param name="treatment">The arm that is judged.</param>
    /// <param name="alpha">The two-sided error, in (0, 1).</param>
    public static CupedComparison OfRatios(ArmRatioCovariate control, ArmRatioCovariate treatment, double alpha)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        if (!control.IsValid || !treatment.IsValid)
        {
            return new CupedComparison { Status = ComparisonStatus.InvalidInput };
        }

        if (control.Count == 0 || treatment.Count == 0)
        {
            return new CupedComparison { Status = ComparisonStatus.NoData };
        }

        if (!control.HasDenominators || !treatment.HasDenominators)
        {
            return new CupedComparison { Status = ComparisonStatus.ZeroDenominator };
        }

        return control.Count < 2 || treatment.Count < 2
            ? new CupedComparison { Status = ComparisonStatus.InsufficientData }
            : Ratios(control.Linearised(), treatment.Linearised(), alpha);
    }

    private static CupedComparison Ratios(LinearisedRatio control, LinearisedRatio treatment, double alpha)
    {
        double spread = control.VarianceBefore + treatment.VarianceBefore;
        double theta = spread <= 0 ? 0 : (control.Covariance + treatment.Covariance) / spread;
        double adjustedControl = control.Adjusted(theta);
        double adjustedTreatment = treatment.Adjusted(theta);
        double unadjusted = (control.Variance / control.Count) + (treatment.Variance / treatment.Count);
        CupedComparison points = new()
        {
            Status = ComparisonStatus.Ok,
            Theta = theta,
            Control = control.Ratio,
            Treatment = treatment.Ratio,
            ControlBefore = control.RatioBefore,
            TreatmentBefore = treatment.RatioBefore,
            AdjustedControl = control.Ratio - (theta * control.RatioBefore),
            AdjustedTreatment = treatment.Ratio - (theta * treatment.RatioBefore),
            AdjustedVarianceControl = adjustedControl,
            AdjustedVarianceTreatment = adjustedTreatment,
            DifferenceUnadjusted = treatment.Ratio - control.Ratio,
            StandardErrorUnadjusted = Math.Sqrt(Math.Max(unadjusted, 0)),
        };
        double scale = (control.Scale / control.Count) + (treatment.Scale / treatment.Count);
        CupedComparison tested = CupedTest.Run(
            points, control.Count, adjustedControl / control.Count, treatment.Count, adjustedTreatment / treatment.Count, scale, alpha);
        if (tested.Status != ComparisonStatus.Ok)
        {
            return tested;
        }

        return control.Ratio == 0
            ? tested with { Status = ComparisonStatus.ZeroBaseline }
            : tested with
            {
                Lift = tested.Difference / Math.Abs(control.Ratio),
                LiftError = CupedTest.LiftError(
                    adjustedTreatment / treatment.Count, control.Ratio, control.Ratio + tested.Difference!.Value, theta,
                    control.Variance / control.Count, control.VarianceBefore / control.Count, control.Covariance / control.Count),
            };
    }

    private static double Pooled(ArmCovariate control, ArmCovariate treatment)
    {
        double count = control.Count + treatment.Count;
        double x = control.SumX + treatment.SumX;
        double xx = control.SumXX + treatment.SumXX;
        double spread = xx - (x * x / count);
        double together = control.SumXY + treatment.SumXY - (x * (control.SumY + treatment.SumY) / count);
        return spread <= RoundingShare * xx ? 0 : together / spread;
    }

    private static double Remaining(ArmCovariate arm, double theta) =>
        arm.VarianceY + (theta * theta * arm.VarianceX) - (2 * theta * arm.Covariance);

    private static CupedComparison WithLift(CupedComparison tested, ArmCovariate control, ArmCovariate treatment)
    {
        double baseline = control.MeanY;
        if (baseline == 0)
        {
            return tested with { Status = ComparisonStatus.ZeroBaseline };
        }

        double theta = tested.Theta!.Value;
        double w = tested.AdjustedVarianceTreatment!.Value / treatment.Count;
        double moved = treatment.MeanY - (theta * treatment.MeanX) + (theta * control.MeanX);
        return tested with
        {
            Lift = tested.Difference / Math.Abs(baseline),
            LiftError = Error(treatment.MeanY),
            LiftErrorFull = Error(moved),
        };

        double? Error(double judged) => CupedTest.LiftError(
            w, baseline, judged, theta, control.VarianceY / control.Count, control.VarianceX / control.Count, control.Covariance / control.Count);
    }
}
