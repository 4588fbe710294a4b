using Aisle.Factorization.Ranking;
using Aisle.Numerics;

namespace Aisle.Factorization.Solvers;

/// <summary>Chooses the kernels that the processor runs fastest.</summary>
internal static class RowSolvers
{
    /// <summary>Conjugate-gradient steps of a half-step: preconditioned, they come nearer to the exact half-step
    /// than three plain ones.</summary>
    private const int GradientSteps = 3;

    /// <summary>Factors of a block in the subspace method.</summary>
    private const int SubspaceFactors = 32;

    /// <summary>Up to this many factors an exact solution is about as fast as a few gradient steps.</summary>
    private const int LargestExact = 256;

    /// <summary>A solver of half-steps for one thread.</summary>
    public static IRowSolver For(IalsOptions options) =>
        IsExact(options) ? Exact(options.Factors) : options.Solver == IalsSolver.Subspace ? Subspace(options.Factors) : Gradient(options.Factors);

    /// <summary>Whether rows are solved exactly, so that it does not matter what their solution was before.</summary>
    public static bool IsExact(IalsOptions options) =>
        options.Solver == IalsSolver.Exact || (options.Solver == IalsSolver.Automatic && options.Factors <= LargestExact);

    private static IRowSolver Gradient(int width) =>
        Lanes512.IsAccelerated ? new ConjugateGradientRowSolver<Lanes512>(width, GradientSteps)
        : Lanes256.IsAccelerated ? new ConjugateGradientRowSolver<Lanes256>(width, GradientSteps)
        : new ConjugateGradientRowSolver<Lanes128>(width, GradientSteps);

    private static IRowSolver Subspace(int width) =>
        Lanes512.IsAccelerated ? new SubspaceRowSolver<Lanes512>(width, SubspaceFactors)
        : Lanes256.IsAccelerated ? new SubspaceRowSolver<Lanes256>(width, SubspaceFactors)
        : new SubspaceRowSolver<Lanes128>(width, SubspaceFactors);

    /// <summary>A solver of exact half-steps for one thread.</summary>
    /// <param name="width">f.</param>
    private static IRowSolver Exact(int width) =>
        Lanes512.IsAccelerated ? new ExactRowSolver<Lanes512>(width)
        : Lanes256.IsAccelerated ? new ExactRowSolver<Lanes256>(width)
        : new ExactRowSolver<Lanes128>(width);

    /// <summary>A ranker of blocks of users for one thread.</summary>
    /// <param name="items">The catalogue.</param>
    /// <param name="k">How many items each user gets.</param>
    public static IBlockRanker Ranker(PackedItems items, int k) =>
        Lanes512.IsAccelerated ? new BlockRanker<Lanes512>(items, k)
        : Lanes256.IsAccelerated ? new BlockRanker<Lanes256>(items, k)
        : new BlockRanker<Lanes128>(items, k);
}
