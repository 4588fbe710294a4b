using System.Collections.Concurrent;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Factorization;

/// <summary>Trains an implicit matrix factorization by alternating least squares: all users from the items, then all items from the users.</summary>
/// <remarks>Hu, Koren and Volinsky (2008); Rendle and others (2021). Each half-step minimizes the loss exactly in its side's factors, so the loss never rises.</remarks>
/// <param name="options">Which loss, how many factors, how long.</param>
public sealed class IalsTrainer(IalsOptions options)
{
    private const int ChunkRows = 64;

    private readonly IalsOptions _options = Validated(options);
    private readonly IalsLoss _loss = new(options);

    /// <summary>Trains from the interactions of all users.</summary>
    /// <param name="matrix">At least one interaction.</param>
    /// <param name="progress">Told the finished fraction in (0, 1] after each half-step, or null.</param>
    /// <param name="cancellationToken">Heeded within a half-step.</param>
    /// <exception cref="ArgumentException">There is no interaction to learn from.</exception>
    /// <exception cref="ArithmeticException">The options are too extreme for the data: a row's equations are not positive definite.</exception>
    /// <remarks>O(iterations · (f²·interactions + f³·(users + items))).</remarks>
    public FactorModel Fit(InteractionMatrix matrix, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(matrix, progress, afterIteration: null, cancellationToken);

    /// <summary>Trains, and lets somebody look in after each iteration, who may end the training early.</summary>
    /// <param name="matrix">At least one interaction.</param>
    /// <param name="progress">Told the finished fraction, or null.</param>
    /// <param name="afterIteration">Told how many iterations are done; takes the factors so far when it asks for them; false ends the training.</param>
    /// <param name="cancellationToken">Heeded within a half-step.</param>
    internal FactorModel Fit(InteractionMatrix matrix, IProgress<double>? progress, Func<int, Func<FactorModel>, bool>? afterIteration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Count == 0)
        {
            throw new ArgumentException("There is no interaction to learn from.", nameof(matrix));
        }

        InteractionMatrix transpose = matrix.Transpose();
        using PaddedFactors users = new(matrix.UserCount, _options.Factors);
        using PaddedFactors items = InitialFactors(matrix.ItemCount);
        for (int iteration = 0; iteration < _options.Iterations; iteration++)
        {
            SolveAll(matrix, items, users, cancellationToken);
            progress?.Report((iteration + 0.5) / _options.Iterations);
            SolveAll(transpose, users, items, cancellationToken);
            progress?.Report((iteration + 1.0) / _options.Iterations);
            if (afterIteration?.Invoke(iteration + 1, () => Model(users, items, iteration + 1)) == false)
            {
                return Model(users, items, iteration + 1);
            }
        }

        return Model(users, items, _options.Iterations);
    }

    private FactorModel Model(PaddedFactors users, PaddedFactors items, int iterations) =>
        new(users.ToMatrix(), items.ToMatrix(), _options with { Iterations = iterations });

    private PaddedFactors InitialFactors(int count)
    {
        PaddedFactors factors = new(count, _options.Factors);
        double deviation = _options.InitialDeviation / Math.Sqrt(_options.Factors);
        for (int row = 0; row < count; row++)
        {
            SeededRandom random = SeededRandom.Derive(_options.Seed, (ulong)row);
            foreach (ref float factor in factors.Row(row))
            {
                factor = (float)(deviation * random.NextNormal());
            }
        }

        return factors;
    }

    private void SolveAll(InteractionMatrix rows, PaddedFactors known, PaddedFactors solved, CancellationToken cancellationToken)
    {
        int degree = _options.DegreeOfParallelism == 0 ? Environment.ProcessorCount : _options.DegreeOfParallelism;
        HalfStep step = new(rows, known, solved, _loss, GramMatrix.Of(known, degree, cancellationToken));
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = degree, CancellationToken = cancellationToken };
        Parallel.ForEach(
            Partitioner.Create(0, rows.UserCount, ChunkRows),
            parallel,
            () => RowSolvers.For(_options),
            (range, _, solver) =>
            {
                solver.Solve(step, range.Item1, range.Item2);
                return solver;
            },
            solver => solver.Dispose());
    }

    private static IalsOptions Validated(IalsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return options;
    }
}
