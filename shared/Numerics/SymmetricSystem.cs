namespace Aisle.Numerics;

/// <summary>The memory of one system A·x = b: the numbers that <see cref="CholeskyPair{TLanes}"/> reads, writes
/// and needs in between.</summary>
/// <param name="scratch">Memory of <see cref="Size"/> numbers, aligned to a cache line.</param>
/// <param name="width">How many equations, a multiple of 16.</param>
internal readonly unsafe struct SymmetricSystem(float* scratch, int width)
{
    /// <summary>A, width × width, row-major; blocks on and above the diagonal. Afterwards U.</summary>
    public readonly float* A = scratch;

    /// <summary>b; used up.</summary>
    public readonly float* B = scratch + ((long)width * width);

    /// <summary>U⁻ᵀ·b, the half-way solution.</summary>
    public readonly float* Y = scratch + ((long)width * width) + width;

    /// <summary>x, the solution.</summary>
    public readonly float* X = scratch + ((long)width * width) + (2L * width);

    /// <summary>The diagonal of A as it was at first.</summary>
    public readonly float* Diagonal = scratch + ((long)width * width) + (3L * width);

    /// <summary>1 / U[i, i].</summary>
    public readonly float* Roots = scratch + ((long)width * width) + (4L * width);

    /// <summary>How many numbers one system takes.</summary>
    public static long Size(int width) => ((long)width * width) + (5L * width);

    /// <summary>Notes the diagonal, once A and b are complete.</summary>
    public void Begin(int width)
    {
        for (int row = 0; row < width; row++)
        {
            Diagonal[row] = A[((long)row * width) + row];
        }
    }
}
