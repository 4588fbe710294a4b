using System.Collections.Concurrent;
using Aisle.Factorization.Solvers;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Factorization;

/// <summary>Trains an implicit matrix factorization by alternating least squares: all users from the items, then
/// all items from the users.</summary>
/// <remarks>Hu, Koren and Volinsky (2008); Rendle and others (2021). Each half-step minimizes the loss exactly in its side's
/// factors, so the loss never rises.</remarks>
/// <param name="options">Which loss, how many factors, how long.</param>
public sealed class IalsTrainer(IalsOptions options)
{
    private const int ChunkRows = 256;

    private readonly IalsOptions _options = Validated(options);
    private readonly IalsLoss _loss = new(options);

    /// <summary>Trains from the interactions of all users.</summary>
    /// <param name="matrix">At least one interaction.</param>
    /// <param name="progress">Told the finished fraction in (0, 1] after each half-step, or null.</param>
    /// <param name="cancellationToken">Heeded within a half-step.</param>
    /// <exception cref="ArgumentException">There is no interaction to learn from.</exception>
    /// <remarks>O(iterations · (f²·interactions + f³·(users + items))).</remarks>
    public FactorModel Fit(InteractionMatrix matrix, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(matrix, progress, afterIteration: null, cancellationToken);

    /// <summary>Trains, and lets somebody look in after each iteration, who may end the training early.</summary>
    /// <param name="matrix">At least one interaction.</param>
    /// <param name="progress">Told the finished fraction, or null.</param>
    /// <param name="afterIteration">Told how many iterations are done; takes the factors so far when it asks for
    /// them; false ends the training.</param>
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
        CommonBasis? basis = _options.Factors <= CommonBasis.LargestWidth ? new CommonBasis(_options.Factors) : null;
        ParallelOptions parallel = Threads(cancellationToken);
        float[] userRidges = _loss.Ridges(matrix), itemRidges = _loss.Ridges(transpose);
        for (int iteration = 0; iteration < _options.Iterations; iteration++)
        {
            SolveAll(matrix, userRidges, items, users, basis, parallel);
            progress?.Report((iteration + 0.5) / _options.Iterations);
            SolveAll(transpose, itemRidges, users, items, basis, parallel);
            progress?.Report((iteration + 1.0) / _options.Iterations);
            if (afterIteration?.Invoke(iteration + 1, () => Model(users, items, basis, iteration + 1, parallel)) == false)
            {
                return Model(users, items, basis, iteration + 1, parallel);
            }
        }

        return Model(users, items, basis, _options.Iterations, parallel);
    }

    private FactorModel Model(PaddedFactors users, PaddedFactors items, CommonBasis? basis, int iterations, ParallelOptions parallel) => new(
        basis is null ? users.ToMatrix() : basis.Restore(users, parallel),
        basis is null ? items.ToMatrix() : basis.Restore(items, parallel),
        _options with { Iterations = iterations });

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

    private void SolveAll(InteractionMatrix rows, float[] ridges, PaddedFactors known, PaddedFactors solved, CommonBasis? basis, ParallelOptions parallel)
    {
        HalfStep step = Prepare(rows, ridges, known, solved, basis, parallel);
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

    private HalfStep Prepare(InteractionMatrix rows, float[] ridges, PaddedFactors known, PaddedFactors solved, CommonBasis? basis, ParallelOptions parallel)
    {
        double[] gram = GramMatrix.Of(known, parallel.MaxDegreeOfParallelism, parallel.CancellationToken);
        HalfStep step = new(rows, known, solved, _loss, gram, ridges);
        return basis is null ? step : step.Turned(basis.Turn(gram, known, RowSolvers.IsExact(_options) ? null : solved, parallel));
    }

    private ParallelOptions Threads(CancellationToken cancellationToken) => new()
    {
        MaxDegreeOfParallelism = _options.DegreeOfParallelism == 0 ? Environment.ProcessorCount : _options.DegreeOfParallelism,
        CancellationToken = cancellationToken,
    };

    private static IalsOptions Validated(IalsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return options;
    }
}
