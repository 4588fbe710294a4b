using Aisle.Numerics;

namespace Aisle.Factorization;

/// <summary>Chooses the kernels that the processor runs fastest.</summary>
internal static class RowSolvers
{
    /// <summary>A solver of exact half-steps for one thread.</summary>
    /// <param name="width">f.</param>
    public static IRowSolver Exact(int width) =>
        Lanes512.IsAccelerated ? new ExactRowSolver<Lanes512>(width)
        : Lanes256.IsAccelerated ? new ExactRowSolver<Lanes256>(width)
        : new ExactRowSolver<Lanes128>(width);
}
