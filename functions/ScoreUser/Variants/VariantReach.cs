using Aisle.Experiments;
using Aisle.Reranking;

namespace Aisle.ScoreUser.Variants;

/// <summary>Whether an experiment could matter to a slate: only then does its visitor count as exposed.</summary>
internal static class VariantReach
{
    /// <summary>Whether some parameter of some variant has a say in the slate.</summary>
    /// <param name="experiment">The experiment. One without parameters, or with the shop's own, may matter everywhere.</param>
    /// <param name="surface">The surface.</param>
    /// <param name="isPersonal">Whether the slate was the shopper's own mix.</param>
    public static bool Reaches(Experiment experiment, Surface surface, bool isPersonal)
    {
        bool hasParameters = false;
        foreach (Variant variant in experiment.Variants)
        {
            foreach (string name in variant.Parameters.Keys)
            {
                hasParameters = true;
                if (Reaches(name, surface, isPersonal))
                {
                    return true;
                }
            }
        }

        return !hasParameters;
    }

    private static bool Reaches(string parameter, Surface surface, bool isPersonal)
    {
        (string? bound, string name) = ServingParameters.Split(parameter);
        return bound is not null
            ? bound == surface.WireName()
            : name switch
            {
                ServingParameters.ModelVersion or "depth" => true,
                "alpha" or "beta" or "neighbour_share" or "walk_share" => isPersonal || surface == Surface.Rerank,
                _ => isPersonal || !ServingParameters.Knows(name),
            };
    }
}
