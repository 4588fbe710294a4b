using Aisle.Candidates.Neighbours;
using Aisle.Factorization;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Candidates.Storage;

/// <summary>How the larger values of a model lie in a part.</summary>
internal static class ModelParts
{
    /// <summary>Writes n × f factors.</summary>
    public static void Factors(PartWriter writer, FactorMatrix factors)
    {
        writer.Number(factors.Count);
        writer.Number(factors.Width);
        writer.Array(factors.Values);
    }

    /// <summary>Reads n × f factors.</summary>
    public static FactorMatrix Factors(PartReader reader) =>
        new(reader.Number<int>(), reader.Number<int>(), reader.Array<float>());

    /// <summary>Writes users × items.</summary>
    public static void Matrix(PartWriter writer, InteractionMatrix matrix)
    {
        writer.Number(matrix.ItemCount);
        writer.Array(matrix.Starts);
        writer.Array(matrix.AllItems);
        writer.Array(matrix.AllWeights);
    }

    /// <summary>Reads users × items.</summary>
    public static InteractionMatrix Matrix(PartReader reader) =>
        new(reader.Number<int>(), reader.Array<int>(), reader.Array<int>(), reader.Array<float>());

    /// <summary>Writes neighbour lists.</summary>
    public static void Neighbours(PartWriter writer, NeighbourLists lists)
    {
        writer.Array(lists.Starts);
        writer.Array(lists.All);
    }

    /// <summary>Reads neighbour lists.</summary>
    public static NeighbourLists Neighbours(PartReader reader) => new(reader.Array<int>(), reader.Array<ScoredIndex>());
}
