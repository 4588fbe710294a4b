namespace Aisle.Factorization.Solvers;

/// <summary>Solves rows of a half-step; one for each thread, since it owns scratch memory.</summary>
internal interface IRowSolver : IDisposable
{
    /// <summary>Solves the rows from <paramref name="first"/> to before <paramref name="end"/> and writes them to
    /// the half-step's solved factors.</summary>
    void Solve(HalfStep step, int first, int end);
}
