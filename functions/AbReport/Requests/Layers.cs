using Aisle.Experiments;
using Aisle.Http;

namespace Aisle.AbReport.Requests;

/// <summary>Keeps experiments of one layer apart.</summary>
internal static class Layers
{
    /// <summary>What is wrong when the experiment would run beside others of its layer: no two of them may own a
    /// bucket at the same time.</summary>
    public static IReadOnlyList<FieldProblem> Clashes(Experiment experiment, IEnumerable<Experiment> others)
    {
        if (experiment.Layer is null || experiment.State == ExperimentState.Stopped)
        {
            return [];
        }

        return
        [
            .. from other in others
               where other.Layer == experiment.Layer && other.Key != experiment.Key && other.State != ExperimentState.Stopped
               where experiment.StartsAt < other.EndsAt && other.StartsAt < experiment.EndsAt
               from variant in experiment.Variants.Index()
               where other.Variants.Any(taken => variant.Item.FromBucket < taken.ToBucket && taken.FromBucket < variant.Item.ToBucket)
               select new FieldProblem(
                   $"variants[{variant.Index}].from_bucket",
                   $"overlaps the experiment '{other.Key}' in layer '{experiment.Layer}' between {other.StartsAt:u} and {other.EndsAt:u}",
                   "Choose free buckets, another time, or another layer."),
        ];
    }
}
