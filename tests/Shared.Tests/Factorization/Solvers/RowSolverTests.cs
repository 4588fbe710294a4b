using Aisle.Factorization;
using Aisle.Factorization.Solvers;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Tests.Factorization.Solvers;

public sealed class RowSolverTests
{
    /// <summary>Float32 against double on systems of moderate condition.</summary>
    private const float Tolerance = 2e-3f;

    /// <summary>Rounds over all blocks end when none of them moves a number further.</summary>
    private const float Still = 1e-6f;

    private const int MostRounds = 400;

    public static TheoryData<string, int, IalsParametrization> Cases { get; } = Combinations();

    [Theory, MemberData(nameof(Cases))]
    public void An_exact_row_equals_its_plain_twin(string lanes, int factors, IalsParametrization parametrization)
    {
        foreach (bool turned in (bool[])[false, true])
        {
            Compare(() => Solver(lanes, factors), World.Random(61, 150, 0.5, seed: 9), factors, parametrization, turned);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Rows_of_every_length_equal_their_plain_twin(string lanes, int factors, IalsParametrization parametrization)
    {
        InteractionMatrixBuilder rows = new(70, 150);
        SeededRandom random = new(3);
        for (int row = 0; row < 70; row++)
        {
            for (int column = 0; column < row; column++)
            {
                rows.Add(row, (column + (2 * row)) % 150, (float)(0.1 + (5 * random.NextDouble())));
            }
        }

        Compare(() => Solver(lanes, factors), rows.Build(), factors, parametrization, turned: true);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Enough_gradient_steps_reach_the_exact_solution(string lanes, int factors, IalsParametrization parametrization)
    {
        foreach (bool turned in (bool[])[false, true])
        {
            Compare(() => GradientSolver(lanes, factors), World.Random(23, 150, 0.5, seed: 9), factors, parametrization, turned);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Enough_rounds_over_all_blocks_reach_the_exact_solution(string lanes, int factors, IalsParametrization parametrization)
    {
        foreach (bool turned in (bool[])[false, true])
        {
            Compare(() => SubspaceSolver(lanes, factors), World.Random(12, 150, 0.5, seed: 9), factors, parametrization, turned, MostRounds);
        }
    }

    [Theory, InlineData("512"), InlineData("256"), InlineData("128")]
    public void A_row_longer_than_the_panel_is_gathered_in_parts(string lanes)
    {
        InteractionMatrix rows = World.Random(2, 5000, 0.9, seed: 2);

        Compare(() => GradientSolver(lanes, 8), rows, 8, IalsParametrization.FrequencyScaled, turned: true);
        Compare(() => Solver(lanes, 8), rows, 8, IalsParametrization.FrequencyScaled, turned: true);
    }

    private static void Compare(Func<IRowSolver> make, InteractionMatrix rows, int factors, IalsParametrization parametrization, bool turned, int rounds = 1)
    {
        IalsOptions options = World.Options(parametrization, factors);
        using PaddedFactors known = RandomFactors(rows.ItemCount, factors);
        using PaddedFactors solved = new(rows.UserCount, factors);
        using PaddedFactors expected = new(rows.UserCount, factors);
        IalsLoss loss = new(options);
        double[] gram = GramMatrix.Of(known, 2, TestContext.Current.CancellationToken);
        HalfStep step = new(rows, known, solved, loss, gram, loss.Ridges(rows));
        if (turned)
        {
            step = step.Turned(new CommonBasis(factors).Turn(gram, known, null, new ParallelOptions()));
        }

        using (IRowSolver solver = make())
        {
            float[] before = new float[rows.UserCount * factors];
            for (int round = 0; round < rounds; round++)
            {
                solver.Solve(step, 0, rows.UserCount);
                float[] after = [.. Enumerable.Range(0, rows.UserCount).SelectMany(row => solved.Row(row).ToArray())];
                if (before.Zip(after, (old, now) => Math.Abs(old - now)).Max() <= Still)
                {
                    break;
                }

                before = after;
            }
        }

        HalfStep plain = step with { Solved = expected };
        for (int row = 0; row < rows.UserCount; row++)
        {
            NormalEquations.Solve(plain, row);
            for (int factor = 0; factor < factors; factor++)
            {
                Assert.Equal(expected.Row(row)[factor], solved.Row(row)[factor], Tolerance);
            }
        }
    }

    private static IRowSolver SubspaceSolver(string lanes, int factors) => lanes switch
    {
        "512" => new SubspaceRowSolver<Lanes512>(factors, 32),
        "256" => new SubspaceRowSolver<Lanes256>(factors, 32),
        _ => new SubspaceRowSolver<Lanes128>(factors, 32),
    };

    private static IRowSolver GradientSolver(string lanes, int factors) => lanes switch
    {
        "512" => new ConjugateGradientRowSolver<Lanes512>(factors, 2 * factors),
        "256" => new ConjugateGradientRowSolver<Lanes256>(factors, 2 * factors),
        _ => new ConjugateGradientRowSolver<Lanes128>(factors, 2 * factors),
    };

    private static TheoryData<string, int, IalsParametrization> Combinations()
    {
        TheoryData<string, int, IalsParametrization> data = [];
        foreach (string lanes in (string[])["512", "256", "128"])
        {
            foreach (int factors in (int[])[1, 7, 16, 40, 64, 100])
            {
                data.Add(lanes, factors, IalsParametrization.FrequencyScaled);
                data.Add(lanes, factors, IalsParametrization.ConfidenceScaled);
            }
        }

        return data;
    }

    private static IRowSolver Solver(string lanes, int factors) => lanes switch
    {
        "512" => new ExactRowSolver<Lanes512>(factors),
        "256" => new ExactRowSolver<Lanes256>(factors),
        _ => new ExactRowSolver<Lanes128>(factors),
    };

    private static PaddedFactors RandomFactors(int count, int width)
    {
        PaddedFactors factors = new(count, width);
        SeededRandom random = new(5);
        for (int row = 0; row < count; row++)
        {
            foreach (ref float factor in factors.Row(row))
            {
                factor = (float)(random.NextNormal() / Math.Sqrt(width));
            }
        }

        return factors;
    }
}
