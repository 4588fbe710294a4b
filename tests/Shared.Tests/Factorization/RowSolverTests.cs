using Aisle.Factorization;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Tests.Factorization;

public sealed class RowSolverTests
{
    /// <summary>Float32 against double on systems of moderate condition.</summary>
    private const float Tolerance = 2e-3f;

    public static TheoryData<string, int, IalsParametrization> Cases { get; } = Combinations();

    [Theory, MemberData(nameof(Cases))]
    public void An_exact_row_equals_its_plain_twin(string lanes, int factors, IalsParametrization parametrization)
    {
        InteractionMatrix rows = World.Random(61, 150, 0.5, seed: 9);
        IalsOptions options = World.Options(parametrization, factors);
        using PaddedFactors known = RandomFactors(150, factors);
        using PaddedFactors solved = new(61, factors);
        using PaddedFactors expected = new(61, factors);
        HalfStep step = new(rows, known, solved, new IalsLoss(options), GramMatrix.Of(known, 2, TestContext.Current.CancellationToken));

        using (IRowSolver solver = Solver(lanes, factors))
        {
            solver.Solve(step, 0, 61);
        }

        HalfStep plain = step with { Solved = expected };
        for (int row = 0; row < 61; row++)
        {
            NormalEquations.Solve(plain, row);
            for (int factor = 0; factor < factors; factor++)
            {
                Assert.Equal(expected.Row(row)[factor], solved.Row(row)[factor], Tolerance);
            }
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Enough_gradient_steps_reach_the_exact_solution(string lanes, int factors, IalsParametrization parametrization)
    {
        InteractionMatrix rows = World.Random(23, 150, 0.5, seed: 9);
        IalsOptions options = World.Options(parametrization, factors);
        using PaddedFactors known = RandomFactors(150, factors);
        using PaddedFactors solved = new(23, factors);
        using PaddedFactors expected = new(23, factors);
        HalfStep step = new(rows, known, solved, new IalsLoss(options), GramMatrix.Of(known, 2, TestContext.Current.CancellationToken));

        using (IRowSolver solver = GradientSolver(lanes, factors))
        {
            solver.Solve(step, 0, 23);
        }

        HalfStep plain = step with { Solved = expected };
        for (int row = 0; row < 23; row++)
        {
            NormalEquations.Solve(plain, row);
            for (int factor = 0; factor < factors; factor++)
            {
                Assert.Equal(expected.Row(row)[factor], solved.Row(row)[factor], Tolerance);
            }
        }
    }

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
