using Aisle.AbReport.Figures;
using Aisle.AbReport.Results;
using Aisle.Experiments;
using Aisle.Sql;
using Aisle.Statistics;
using Aisle.Statistics.SampleRatio;

namespace Aisle.AbReport.Verdicts;

/// <summary>Finds out whether an experiment's data can be judged at all.</summary>
internal static class HealthCheck
{
    /// <summary>Checks arm sizes, standings, currencies, and every logged assignment.</summary>
    /// <param name="data">The sums.</param>
    /// <param name="options">How much is borne.</param>
    public static DataHealth Of(ExperimentData data, AbReportOptions options)
    {
        Experiment experiment = data.Experiment;
        double[] weights = [.. experiment.Variants.Select(variant => (double)(variant.ToBucket - variant.FromBucket))];
        Dictionary<string, long> wrong = [];
        foreach (LoggedAssignments logged in data.Assignments)
        {
            if (Assignment.VariantOwning(experiment, logged.Bucket)?.Name != logged.Variant)
            {
                wrong[logged.Variant] = wrong.GetValueOrDefault(logged.Variant) + logged.Visitors;
            }
        }

        return new DataHealth
        {
            SampleRatio = SampleRatioCheck.Of(
                [.. experiment.Variants.Select(variant => (double)data.ArmOf(variant.Name).Visitors)], weights, SampleRatioCheck.DefaultThreshold),
            SequentialPValue = Sequential(data, weights),
            Mixed = Count(data, "mixed"),
            Busy = Count(data, "busy"),
            Implausible = Count(data, "implausible"),
            Excluded = Count(data, "excluded"),
            Rederived = data.Assignments.Sum(logged => logged.Visitors),
            Wrong = wrong,
            OtherCurrency = Count(data, PaidCurrencies.Standing),
            BuyersByCurrency = data.Currencies.Buyers,
            HasMixedCurrencies = data.Currencies.AreMixed(options.MostOtherCurrencies),
        };
    }

    private static long Count(ExperimentData data, string standing) => data.Arms.Where(row => row.Standing == standing).Sum(row => row.Visitors);

    private static double? Sequential(ExperimentData data, double[] weights)
    {
        string[] variants = [.. data.Experiment.Variants.Select(variant => variant.Name)];
        double[] reached = new double[variants.Length];
        List<double[]> looks = [];
        foreach (IGrouping<long, ExperimentDay> day in data.Days.GroupBy(day => day.Day).OrderBy(day => day.Key))
        {
            foreach (ExperimentDay added in day)
            {
                int arm = Array.IndexOf(variants, added.Variant);
                if (arm >= 0)
                {
                    reached[arm] += added.Visitors;
                }
            }

            looks.Add([.. reached]);
        }

        SequentialSampleRatio checkedDaily = SequentialSampleRatio.Of(looks, weights, SequentialSampleRatio.DefaultConcentration);
        return checkedDaily.Status == ComparisonStatus.Ok ? checkedDaily.PValues[^1] : null;
    }
}
