using System.Text.Json;
using Aisle.Statistics;
using Aisle.Statistics.Coverage;
using Aisle.Statistics.Lift;
using Aisle.Statistics.Quantiles;
using Fields = System.Collections.Generic.Dictionary<string, object?>;

namespace Aisle.Tests.Statistics;

/// <content>Guardrails, quantiles, buckets, coverage and beliefs.</content>
internal static partial class GoldenMethods
{
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
