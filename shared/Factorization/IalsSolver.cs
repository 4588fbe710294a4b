namespace Aisle.Factorization;

/// <summary>How a row's equations are solved in training.</summary>
public enum IalsSolver
{
    /// <summary>Exact up to 256 factors, where it is about as fast and converges in fewer iterations; conjugate gradient above.</summary>
    Automatic,

    /// <summary>Cholesky factorization: O(f²·interactions + f³·rows).</summary>
    Exact,

    /// <summary>Three steps of the preconditioned conjugate gradient method from the previous solution:
    /// O(f·interactions + f²·rows) a step.</summary>
    ConjugateGradient,

    /// <summary>Blocks of factors one after the other, each solved exactly (iALS++): O(f·b·interactions +
    /// f·b²·rows) for blocks of b = 32.</summary>
    Subspace,
}
