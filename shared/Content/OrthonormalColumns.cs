using System.Numerics.Tensors;

namespace Aisle.Content;

/// <summary>Makes columns orthonormal in place.</summary>
/// <remarks>Modified Gram–Schmidt, twice, which leaves them orthogonal to rounding (Giraud, Langou and Rozložník 2005).</remarks>
internal static class OrthonormalColumns
{
    /// <summary>A column shorter than this share of its old length depends on those before it.</summary>
    private const double Dependent = 1e-10;

    /// <summary>Orthonormalizes; a column that depends on those before it becomes zero.</summary>
    public static void Make(double[][] columns)
    {
        for (int index = 0; index < columns.Length; index++)
        {
            Span<double> column = columns[index];
            double before = TensorPrimitives.Norm<double>(column);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int earlier = 0; earlier < index; earlier++)
                {
                    double along = TensorPrimitives.Dot<double>(columns[earlier], column);
                    TensorPrimitives.MultiplyAdd(columns[earlier], -along, column, column);
                }
            }

            double norm = TensorPrimitives.Norm<double>(column);
            TensorPrimitives.Multiply(column, norm > before * Dependent ? 1 / norm : 0, column);
        }
    }
}
