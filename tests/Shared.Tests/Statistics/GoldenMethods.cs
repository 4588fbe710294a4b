using System.Text.Json;
using Aisle.Statistics;
using Fields = System.Collections.Generic.Dictionary<string, object?>;

namespace Aisle.Tests.Statistics;

/// <summary>Our answer to each golden method's input, under the names that its file uses.</summary>
internal static class GoldenMethods
{
    public static IReadOnlyDictionary<string, Func<JsonElement, Fields>> All { get; } = new Dictionary<string, Func<JsonElement, Fields>>
    {
        ["welch"] = Welch,
        ["ratio_delta"] = RatioDelta,
        ["two_proportion"] = TwoProportion,
        ["relative_lift"] = Lift,
        ["cuped"] = Cuped,
        ["cuped_ratio"] = CupedRatio,
        ["srm"] = SampleRatio,
        ["srm_sequential"] = SequentialRatio,
        ["holm"] = input => Family(input, MultipleTests.Holm),
        ["bh"] = input => Family(input, MultipleTests.BenjaminiHochberg),
        ["power"] = Power,
        ["sequential_cs"] = Sequence,
        ["msprt"] = Mixture,
        ["group_sequential"] = GroupSequential,
        ["non_inferiority"] = Guardrail,
        ["winsorize"] = Winsorized,
        ["quantile"] = Quantile,
        ["buckets"] = Buckets,
        ["coverage"] = Coverage,
        ["bayesian_lift"] = Bayesian,
    };

    public static Fields Welch(JsonElement input)
    {
        ArmMean control = input.GetProperty("control").Mean();
        ArmMean treatment = input.GetProperty("treatment").Mean();
        Alternative alternative = input.Text("alternative") switch { "greater" => Alternative.Greater, "less" => Alternative.Less, _ => Alternative.TwoSided };
        ArmComparison got = ArmComparison.OfMeans(control, treatment, input.Number("alpha"), alternative);
        bool isValid = got.Status != ComparisonStatus.InvalidInput;
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["mean_control"] = got.Control,
            ["mean_treatment"] = got.Treatment,
            ["var_control"] = isValid ? control.Variance : null,
            ["var_treatment"] = isValid ? treatment.Variance : null,
            ["diff"] = got.Difference,
            ["se"] = got.StandardError,
            ["t"] = got.Statistic,
            ["df"] = got.DegreesOfFreedom,
            ["p_value"] = got.PValue,
            ["ci_low"] = got.Low,
            ["ci_high"] = got.High,
        };
    }

    public static Fields RatioDelta(JsonElement input)
    {
        ArmRatio control = input.GetProperty("control").Ratio();
        ArmRatio treatment = input.GetProperty("treatment").Ratio();
        RatioComparison got = RatioComparison.Of(control, treatment, input.Number("alpha"));
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["ratio_control"] = got.Test.Control,
            ["ratio_treatment"] = got.Test.Treatment,
            ["unit_var_control"] = got.VarianceControl,
            ["unit_var_treatment"] = got.VarianceTreatment,
            ["se_control"] = got.ErrorControl,
            ["se_treatment"] = got.ErrorTreatment,
            ["diff"] = got.Test.Difference,
            ["se"] = got.Test.StandardError,
            ["z"] = got.Test.Statistic,
            ["p_value_z"] = got.NormalPValue,
            ["ci_z_low"] = got.Normal?.Low,
            ["ci_z_high"] = got.Normal?.High,
            ["df"] = got.Test.DegreesOfFreedom,
            ["p_value_t"] = got.Test.PValue,
            ["ci_t_low"] = got.Test.Low,
            ["ci_t_high"] = got.Test.High,
        };
    }

    public static Fields TwoProportion(JsonElement input)
    {
        JsonElement control = input.GetProperty("control");
        JsonElement treatment = input.GetProperty("treatment");
        ProportionComparison got = ProportionComparison.Of(
            control.Number("n"), control.Number("conversions"), treatment.Number("n"), treatment.Number("conversions"), input.Number("alpha"));
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["p_control"] = got.Control,
            ["p_treatment"] = got.Treatment,
            ["diff"] = got.Difference,
            ["z_pooled"] = got.PooledStatistic,
            ["p_value_pooled"] = got.PooledPValue,
            ["se_unpooled"] = got.StandardError,
            ["z_unpooled"] = got.Statistic,
            ["p_value_unpooled"] = got.PValue,
            ["wald_low"] = got.Wald?.Low,
            ["wald_high"] = got.Wald?.High,
            ["newcombe_low"] = got.Newcombe?.Low,
            ["newcombe_high"] = got.Newcombe?.High,
            ["agresti_caffo_low"] = got.AgrestiCaffo?.Low,
            ["agresti_caffo_high"] = got.AgrestiCaffo?.High,
        };
    }

    public static Fields Lift(JsonElement input)
    {
        JsonElement control = input.GetProperty("control");
        JsonElement treatment = input.GetProperty("treatment");
        double alpha = input.Number("alpha");
        RelativeLift got = input.Text("metric_kind") switch
        {
            "ratio" => RelativeLift.Of(control.Ratio(), treatment.Ratio(), alpha),
            "proportion" => RelativeLift.Of(Proportion(control), Proportion(treatment), alpha),
            _ => RelativeLift.Of(control.Mean(), treatment.Mean(), alpha),
        };
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["lift"] = got.Lift,
            ["se_delta"] = got.StandardError,
            ["ci_delta_low"] = got.Delta?.Low,
            ["ci_delta_high"] = got.Delta?.High,
            ["p_value_delta_t"] = got.DeltaPValue,
            ["ci_delta_t_low"] = got.DeltaT?.Low,
            ["ci_delta_t_high"] = got.DeltaT?.High,
            ["fieller_kind"] = got.Fieller?.Kind is { } kind ? JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()) : null,
            ["fieller_g"] = got.Fieller?.G,
            ["fieller_low"] = got.Fieller?.Low,
            ["fieller_high"] = got.Fieller?.High,
            ["log_ratio"] = got.LogRatio,
            ["se_log_ratio"] = got.LogRatioError,
            ["ci_log_low"] = got.Log?.Low,
            ["ci_log_high"] = got.Log?.High,
        };
    }

    public static Fields Cuped(JsonElement input)
    {
        CupedComparison got = CupedComparison.OfMeans(
            input.GetProperty("control").Covariate(), input.GetProperty("treatment").Covariate(), input.Number("alpha"));
        return new Fields(CupedFields(got))
        {
            ["mean_control_unadjusted"] = got.Control,
            ["mean_treatment_unadjusted"] = got.Treatment,
            ["adj_mean_control"] = got.AdjustedControl,
            ["adj_mean_treatment"] = got.AdjustedTreatment,
            ["adj_var_control"] = got.AdjustedVarianceControl,
            ["adj_var_treatment"] = got.AdjustedVarianceTreatment,
            ["se_lift_growthbook"] = got.LiftError,
            ["se_lift_full_delta"] = got.LiftErrorFull,
        };
    }

    public static Fields CupedRatio(JsonElement input)
    {
        CupedComparison got = CupedComparison.OfRatios(
            input.GetProperty("control").RatioCovariate(), input.GetProperty("treatment").RatioCovariate(), input.Number("alpha"));
        return new Fields(CupedFields(got))
        {
            ["ratio_control"] = got.Control,
            ["ratio_treatment"] = got.Treatment,
            ["pre_ratio_control"] = got.ControlBefore,
            ["pre_ratio_treatment"] = got.TreatmentBefore,
            ["adj_control"] = got.AdjustedControl,
            ["adj_treatment"] = got.AdjustedTreatment,
            ["adj_unit_var_control"] = got.AdjustedVarianceControl,
            ["adj_unit_var_treatment"] = got.AdjustedVarianceTreatment,
            ["se_lift"] = got.LiftError,
        };
    }

    private static Fields CupedFields(CupedComparison got) => new()
    {
        ["status"] = got.Status.Word(),
        ["theta"] = got.Theta,
        ["diff_unadjusted"] = got.DifferenceUnadjusted,
        ["se_unadjusted"] = got.StandardErrorUnadjusted,
        ["diff"] = got.Difference,
        ["se"] = got.StandardError,
        ["t"] = got.Statistic,
        ["df"] = got.DegreesOfFreedom,
        ["p_value"] = got.PValue,
        ["ci_low"] = got.Low,
        ["ci_high"] = got.High,
        ["variance_reduction"] = got.VarianceReduction,
        ["lift"] = got.Lift,
    };

    public static Fields SampleRatio(JsonElement input)
    {
        SampleRatioCheck got = SampleRatioCheck.Of(input.Numbers("counts"), input.Numbers("weights"), input.Number("threshold"));
        bool isOk = got.Status == ComparisonStatus.Ok;
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["chi2"] = got.ChiSquare,
            ["df"] = isOk ? input.Numbers("weights").Count(weight => weight > 0) - 1 : null,
            ["p_value"] = got.PValue,
            ["mismatch"] = isOk ? got.IsMismatch : null,
            ["expected"] = got.Expected,
            ["unexpected_traffic"] = got.Status == ComparisonStatus.InvalidInput ? null : got.HasUnexpectedTraffic,
        };
    }

    public static Fields SequentialRatio(JsonElement input)
    {
        SequentialSampleRatio got = SequentialSampleRatio.Of(
            [.. input.GetProperty("cumulative_counts").EnumerateArray().Select(look => look.EnumerateArray().Select(count => count.GetDouble()).ToArray())],
            input.Numbers("weights"), input.Number("concentration"));
        return new Fields { ["status"] = got.Status.Word(), ["log_bayes_factor"] = got.LogBayesFactors, ["p_value_path"] = got.PValues };
    }

    private static Fields Family(JsonElement input, Func<IReadOnlyList<double?>, double, MultipleTests> correct)
    {
        MultipleTests got = correct([.. input.GetProperty("p_values").EnumerateArray().Select(GoldenFile.Number)], input.Number("alpha"));
        return new Fields { ["status"] = got.Status.Word(), ["m"] = got.Count, ["p_adjusted"] = got.Adjusted, ["reject"] = got.Rejected };
    }

    private static Fields Power(JsonElement input)
    {
        SampleSizePlan plan = new(
            input.Number("relative_mde"), input.Number("alpha"), input.Number("power"), input.Number("allocation_ratio"),
            input.Number("sides") == 2, input.NumberOrNull("daily_users"), (int)input.Number("arms"));
        SampleSize got = input.Text("metric_kind") == "proportion"
            ? SampleSize.OfProportion(input.Number("baseline"), plan)
            : SampleSize.OfMean(input.Number("baseline"), input.NumberOrNull("sd") ?? double.NaN, plan);
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["n_control"] = got.Control,
            ["n_control_ceil"] = got.ControlUsers,
            ["n_treatment_ceil"] = got.TreatmentUsers,
            ["n_control_pooled"] = got.ControlPooled,
            ["cohen_h"] = got.CohenH,
            ["n_control_arcsine"] = got.ControlArcsine,
            ["power_at_n"] = got.Power,
            ["mde_abs_at_n"] = got.SmallestDifference,
            ["mde_rel_at_n"] = got.SmallestLift,
            ["power_lift_delta_at_n"] = got.LiftPower,
            ["total_users"] = got.TotalUsers,
            ["days_for_traffic"] = got.Days,
            ["days_rounded_to_weeks_min_14"] = got.WholeWeekDays,
        };
    }

    private static Fields Sequence(JsonElement input)
    {
        bool isTwoSided = input.Number("sides") == 2;
        ConfidenceSequence got = ConfidenceSequence.At(
            input.Number("estimate"), input.Number("se"), input.Number("n_total"), input.Number("alpha"), input.Number("tuning_n"), isTwoSided);
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["rho"] = got.Rho,
            ["halfwidth"] = got.HalfWidth,
            ["ci_low"] = got.Low,
            ["ci_high"] = got.High,
            ["lower_bound"] = got.Low,
            ["upper_bound"] = got.High,
            ["p_value"] = got.PValue,
            ["width_ratio_to_fixed_z"] = got.WidthRatio,
        };
    }

    private static Fields Mixture(JsonElement input)
    {
        MixtureSequentialTest got = MixtureSequentialTest.Of(
            input.Numbers("estimates"), input.Numbers("variances_of_estimate"), input.Number("tau2"), input.Number("alpha"));
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["p_value_path"] = got.PValues,
            ["ci_low"] = got.Intervals.Select(interval => interval.Low),
            ["ci_high"] = got.Intervals.Select(interval => interval.High),
        };
    }

    private static Fields GroupSequential(JsonElement input)
    {
        SpendingFunction spending = input.Text("spending") switch
        {
            "pocock" => SpendingFunction.Pocock,
            "power" => SpendingFunction.Power(input.Number("rho")),
            _ => SpendingFunction.OBrienFleming,
        };
        GroupSequentialDesign got = GroupSequentialDesign.Of(input.Numbers("information_fractions"), input.Number("alpha"), spending, input.Number("sides") == 2);
        return new Fields { ["status"] = "ok", ["z_bounds"] = got.Bounds, ["cumulative_alpha"] = got.Spent, ["nominal_p"] = got.NominalPValues };
    }

    private static Fields Guardrail(JsonElement input)
    {
        NonInferiority got = NonInferiority.Of(
            input.GetProperty("control").Mean(), input.GetProperty("treatment").Mean(), input.Number("margin"), input.Text("margin_scale") == "relative",
            input.Text("better") == "higher", input.Number("alpha"));
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["diff"] = got.Difference,
            ["margin_abs"] = got.Margin,
            ["se"] = got.StandardError,
            ["statistic"] = got.Statistic,
            ["df"] = got.DegreesOfFreedom,
            ["p_value"] = got.PValue,
            ["confidence_bound"] = got.Bound,
            ["non_inferior"] = got.IsNonInferior,
            ["inferior_p_value"] = got.InferiorPValue,
            ["statistic_contrast"] = got.ContrastStatistic,
            ["se_contrast"] = got.ContrastError,
            ["p_value_contrast_z"] = got.ContrastPValue,
        };
    }

    private static Fields Winsorized(JsonElement input)
    {
        double[] control = input.Numbers("control");
        double[] treatment = input.Numbers("treatment");
        WinsorizedArms got = input.NumberOrNull("fixed_cap") is { } cap
            ? WinsorizedArms.AtValue(control, treatment, cap)
            : WinsorizedArms.AtQuantiles(
                control, treatment, input.NumberOrNull("upper_percentile"), input.NumberOrNull("lower_percentile"), input.Truth("ignore_zeros"));
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["upper_cap"] = got.Upper,
            ["lower_cap"] = got.Lower,
            ["capped_control"] = Capped(got.Control),
            ["capped_treatment"] = Capped(got.Treatment),
        };
    }

    private static Fields? Capped(CappedArm? arm) => arm is null
        ? null
        : new Fields { ["n"] = arm.Count, ["sum"] = arm.Sum, ["sum_squares"] = arm.SumOfSquares, ["n_capped"] = arm.Capped };

    private static Fields Quantile(JsonElement input)
    {
        double share = input.Number("nu");
        if (input.TryGetProperty("loads_per_user", out JsonElement users))
        {
            return Clustered([.. users.EnumerateArray().Select(user => user.EnumerateArray().Select(value => value.GetDouble()).ToArray())], share);
        }

        QuantileComparison got = QuantileComparison.Of(input.Numbers("control"), input.Numbers("treatment"), share, input.Number("alpha"));
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["control"] = Of(got.Control),
            ["treatment"] = Of(got.Treatment),
            ["diff"] = got.Difference,
            ["se"] = got.StandardError,
            ["z"] = got.Statistic,
            ["p_value"] = got.PValue,
            ["ci_low"] = got.Low,
            ["ci_high"] = got.High,
        };
    }

    private static Fields? Of(ArmQuantile? arm) => arm is null
        ? null
        : new Fields
        {
            ["n"] = arm.Count,
            ["quantile_type7"] = arm.Value,
            ["quantile_type1"] = arm.Inverse,
            ["outer_lower_rank"] = arm.OuterLowerRank,
            ["outer_upper_rank"] = arm.OuterUpperRank,
            ["outer_lower"] = arm.OuterLow,
            ["outer_upper"] = arm.OuterHigh,
            ["exact_lower_rank"] = arm.ExactLowerRank,
            ["exact_upper_rank"] = arm.ExactUpperRank,
            ["exact_lower"] = arm.ExactLow,
            ["exact_upper"] = arm.ExactHigh,
            ["se_outer"] = arm.StandardError,
        };

    private static Fields Clustered(double[][] users, double share)
    {
        ArmQuantile quantile = ArmQuantile.Of([.. users.SelectMany(values => values).Order()], share, 0.05);
        ArmRatio sums = SumsOf(users, quantile.Value!.Value);
        ClusteredShare got = ClusteredShare.Of(sums, share)!;
        return new Fields
        {
            ["status"] = "ok",
            ["n_events"] = quantile.Count,
            ["n_users"] = users.Length,
            ["quantile_type7"] = quantile.Value,
            ["share_at_or_below"] = got.Share,
            ["var_indicator_iid"] = got.IndependentVariance,
            ["var_indicator_clustered"] = got.ClusteredVariance,
            ["design_effect"] = got.DesignEffect,
        };
    }

    /// <summary>Per user the values at or below a limit, and all of them.</summary>
    public static ArmRatio SumsOf(double[][] users, double limit)
    {
        double[] below = [.. users.Select(values => (double)values.Count(value => value <= limit))];
        double[] all = [.. users.Select(values => (double)values.Length)];
        return new ArmRatio(
            users.Length, below.Sum(), all.Sum(), below.Sum(x => x * x), all.Sum(x => x * x), below.Zip(all, (x, y) => x * y).Sum());
    }

    private static Fields Buckets(JsonElement input)
    {
        BucketedRatio got = BucketedRatio.Of([.. input.GetProperty("buckets").EnumerateArray().Select(bucket => bucket.Ratio())]);
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["totals"] = new Fields
            {
                ["n"] = got.Totals.Count,
                ["sum_m"] = got.Totals.SumNumerator,
                ["sum_d"] = got.Totals.SumDenominator,
                ["sum_m2"] = got.Totals.SumNumeratorSquared,
                ["sum_d2"] = got.Totals.SumDenominatorSquared,
                ["sum_md"] = got.Totals.SumProduct,
            },
            ["ratio"] = got.Ratio,
            ["se_unit_delta"] = got.UnitError,
            ["se_bucket_delta"] = got.BucketError,
            ["jackknife_estimate"] = got.Jackknife,
            ["se_jackknife"] = got.JackknifeError,
            ["df"] = got.DegreesOfFreedom,
        };
    }

    private static Fields Coverage(JsonElement input)
    {
        CoverageComparison got = CoverageComparison.Of(
            [.. input.Numbers("control_item_impressions").Select(count => (long)count)],
            [.. input.Numbers("treatment_item_impressions").Select(count => (long)count)],
            (long)input.Number("catalogue_size"));
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["impressions_control"] = got.ImpressionsControl,
            ["impressions_treatment"] = got.ImpressionsTreatment,
            ["covered_control"] = got.CoveredControl,
            ["covered_treatment"] = got.CoveredTreatment,
            ["coverage_control"] = got.ShareControl,
            ["coverage_treatment"] = got.ShareTreatment,
            ["rarefied_at"] = got.RarefiedAt,
            ["rarefied_items_control"] = got.RarefiedControl,
            ["rarefied_items_treatment"] = got.RarefiedTreatment,
        };
    }

    private static Fields Bayesian(JsonElement input)
    {
        BayesianLift got = BayesianLift.Of(
            input.Number("estimate"), input.Number("se"), input.Truth("prior_proper") ? (input.Number("prior_mean"), input.Number("prior_sd")) : null,
            input.Truth("inverse"), input.Number("alpha"));
        return new Fields
        {
            ["status"] = got.Status.Word(),
            ["posterior_mean"] = got.Mean,
            ["posterior_sd"] = got.Deviation,
            ["chance_to_win"] = got.ChanceToWin,
            ["expected_loss_control"] = got.LossOfControl,
            ["expected_loss_treatment"] = got.LossOfTreatment,
            ["ci_low"] = got.Low,
            ["ci_high"] = got.High,
        };
    }

    private static ArmMean Proportion(JsonElement arm) => ArmMean.FromProportion(arm.Number("n"), arm.Number("conversions"));
}
