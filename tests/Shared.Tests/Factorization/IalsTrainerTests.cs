using Aisle.Factorization;
using Aisle.Feedback;
using Aisle.Numerics;
using CsCheck;

namespace Aisle.Tests.Factorization;

public sealed class IalsTrainerTests
{
    /// <summary>What 200 iterations leave to gain.</summary>
    private const double LeftToGain = 1e-4;

    public static TheoryData<IalsSolver> Solvers { get; } = [.. Enum.GetValues<IalsSolver>()];

    public static TheoryData<IalsSolver, IalsParametrization> SolversAndLosses { get; } = Combinations();

    [Theory]
    [InlineData(IalsParametrization.FrequencyScaled)]
    [InlineData(IalsParametrization.ConfidenceScaled)]
    public void The_item_that_a_checkerboard_withholds_ranks_first(IalsParametrization parametrization)
    {
        InteractionMatrix matrix = World.Checkerboard(20);
        FactorModel model = Fit(matrix, World.Options(parametrization) with { Factors = 2, Iterations = 10 });

        for (int user = 0; user < matrix.UserCount; user++)
        {
            Assert.Equal(user, Best(model, matrix, user));
        }
    }

    [Fact]
    public void One_user_and_one_item_meet_at_the_minimum_found_by_hand()
    {
        // With one factor, one pair of weight 1, a0 = l = 0.1 and v = 0: (1.1·y² + 0.1)·x = y, and the same for y.
        // At the fixed point x = y, so 1.1·x² = 0.9.
        InteractionMatrixBuilder builder = new(1, 1);
        builder.Add(0, 0, 1);
        FactorModel model = Fit(builder.Build(), new IalsOptions
        {
            Factors = 1,
            Iterations = 200,
            Regularization = 0.1,
            UnobservedWeight = 0.1,
            FrequencyExponent = 0,
        });

        Assert.Equal(0.9 / 1.1, model.Users[0][0] * model.Items[0][0], tolerance: 1e-5);
    }

    [Theory]
    [InlineData(IalsParametrization.FrequencyScaled)]
    [InlineData(IalsParametrization.ConfidenceScaled)]
    public void The_loss_never_rises_from_one_iteration_to_the_next(IalsParametrization parametrization) =>
        Gen.ULong.Sample(
            seed =>
            {
                InteractionMatrix matrix = World.Random(30, 20, 0.2, seed);
                double previous = double.PositiveInfinity;
                for (int iterations = 1; iterations <= 6; iterations++)
                {
                    IalsOptions options = World.Options(parametrization) with { Iterations = iterations, Seed = seed };
                    FactorModel model = Fit(matrix, options);
                    double loss = new IalsLoss(options).Of(matrix, model.Users, model.Items);
                    Assert.True(loss <= previous * (1 + 1e-6), $"{loss} after {previous}");
                    previous = loss;
                }
            },
            iter: 20);

    [Theory, MemberData(nameof(Solvers))]
    public void The_number_of_threads_changes_no_bit(IalsSolver solver)
    {
        InteractionMatrix matrix = World.Random(700, 90, 0.1, seed: 3);
        IalsOptions options = World.Options(IalsParametrization.FrequencyScaled) with { Solver = solver };
        FactorModel one = Fit(matrix, options with { DegreeOfParallelism = 1 });
        foreach (int threads in (int[])[2, 3, 5])
        {
            FactorModel many = Fit(matrix, options with { DegreeOfParallelism = threads });

            Assert.Equal(one.Users.Values, many.Users.Values);
            Assert.Equal(one.Items.Values, many.Items.Values);
        }
    }

    [Fact]
    public void An_exact_training_agrees_with_one_in_double_precision()
    {
        InteractionMatrix matrix = World.Random(120, 60, 0.3, seed: 6);
        IalsOptions options = World.Options(IalsParametrization.ConfidenceScaled, factors: 20) with { Iterations = 4, Solver = IalsSolver.Exact };
        FactorModel model = Fit(matrix, options);
        FactorMatrix items = Plain.InitialItems(matrix.ItemCount, options);
        FactorMatrix users = items;
        for (int iteration = 0; iteration < 4; iteration++)
        {
            users = Plain.HalfStep(matrix, items, options);
            items = Plain.HalfStep(matrix.Transpose(), users, options);
        }

        IalsLoss loss = new(options);
        Assert.Equal(1, loss.Of(matrix, model.Users, model.Items) / loss.Of(matrix, users, items), 1e-6);
        Near(users.Values, model.Users.Values, 2e-4f);
        Near(items.Values, model.Items.Values, 2e-4f);
    }

    [Theory, MemberData(nameof(SolversAndLosses))]
    public void Where_a_solver_ends_an_exact_iteration_has_nothing_left_to_gain(IalsSolver solver, IalsParametrization parametrization)
    {
        // The loss has several minima of nearly the same depth, so two solvers may end in different ones; but each must end in one.
        InteractionMatrix matrix = World.Random(90, 70, 0.2, seed: 8);
        IalsOptions options = World.Options(parametrization) with { Iterations = 200, Regularization = 0.5, Solver = solver };
        IalsLoss loss = new(options);
        FactorModel model = Fit(matrix, options);

        FactorMatrix users = Plain.HalfStep(matrix, model.Items, options);
        FactorMatrix items = Plain.HalfStep(matrix.Transpose(), users, options);

        Assert.InRange(loss.Of(matrix, users, items) / loss.Of(matrix, model.Users, model.Items), 1 - LeftToGain, 1 + 1e-6);
    }

    [Theory, MemberData(nameof(Solvers))]
    public void Progress_comes_after_each_half_step_and_cancelling_then_stops(IalsSolver solver)
    {
        using CancellationTokenSource source = new();
        List<double> reported = [];
        Reports progress = new(value =>
        {
            reported.Add(value);
            if (reported.Count == 3)
            {
                source.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(
            () => new IalsTrainer(World.Options(IalsParametrization.FrequencyScaled) with { Solver = solver }).Fit(World.Checkerboard(20), progress, source.Token));
        Assert.Equal([0.1, 0.2, 0.3], reported.Select(value => Math.Round(value, 9)));
    }

    [Theory, MemberData(nameof(SolversAndLosses))]
    public void Weights_from_tiny_to_huge_stay_finite(IalsSolver solver, IalsParametrization parametrization)
    {
        InteractionMatrixBuilder builder = new(60, 40);
        for (int user = 0; user < 60; user++)
        {
            for (int item = user % 3; item < 40; item += 3)
            {
                builder.Add(user, item, ((user + item) % 4) switch { 0 => 1e-30f, 1 => 1e12f, 2 => 1e-6f, _ => 1 });
            }
        }

        FactorModel model = Fit(builder.Build(), World.Options(parametrization) with { Solver = solver });

        Assert.All(model.Users.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.All(model.Items.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Multiplying_all_weights_and_the_unobserved_weight_changes_nothing()
    {
        InteractionMatrix matrix = World.Random(50, 30, 0.2, seed: 4);
        InteractionMatrixBuilder doubled = new(50, 30);
        for (int user = 0; user < 50; user++)
        {
            for (int index = 0; index < matrix.ItemsOf(user).Length; index++)
            {
                doubled.Add(user, matrix.ItemsOf(user)[index], 2 * matrix.WeightsOf(user)[index]);
            }
        }

        IalsOptions options = World.Options(IalsParametrization.FrequencyScaled);
        FactorModel once = Fit(matrix, options);
        FactorModel twice = Fit(doubled.Build(), options with { UnobservedWeight = 2 * options.UnobservedWeight });

        Near(once.Users.Values, twice.Users.Values, 1e-4f);
        Near(once.Items.Values, twice.Items.Values, 1e-4f);
    }

    [Fact]
    public void Who_did_nothing_has_zero_factors()
    {
        FactorModel model = Fit(World.Random(22, 10, 0.5, seed: 5), World.Options(IalsParametrization.FrequencyScaled));

        Assert.True(model.Users[10].IndexOfAnyExcept(0f) < 0);
        Assert.True(model.Users[21].IndexOfAnyExcept(0f) < 0);
    }

    [Fact]
    public void One_item_bought_by_all_and_a_huge_weight_stay_finite()
    {
        InteractionMatrixBuilder builder = new(40, 3);
        for (int user = 0; user < 40; user++)
        {
            builder.Add(user, 1, user == 7 ? 1e12f : 1);
        }

        FactorModel model = Fit(builder.Build(), World.Options(IalsParametrization.FrequencyScaled));

        Assert.All(model.Users.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.All(model.Items.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Nothing_to_learn_from_is_refused() =>
        Assert.Throws<ArgumentException>(() => Fit(new InteractionMatrixBuilder(3, 3).Build(), new IalsOptions()));

    [Theory]
    [InlineData(0, 0.1, nameof(IalsOptions.Factors))]
    [InlineData(8, 0.0, nameof(IalsOptions.Regularization))]
    [InlineData(8, double.NaN, nameof(IalsOptions.Regularization))]
    public void An_option_out_of_range_is_named(int factors, double regularization, string name)
    {
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => new IalsTrainer(new IalsOptions { Factors = factors, Regularization = regularization }));

        Assert.Equal(name, refusal.ParamName);
    }

    [Fact]
    public void A_cancelled_training_stops()
    {
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(
            () => new IalsTrainer(new IalsOptions()).Fit(World.Checkerboard(10), progress: null, source.Token));
    }

    private static TheoryData<IalsSolver, IalsParametrization> Combinations()
    {
        TheoryData<IalsSolver, IalsParametrization> data = [];
        foreach (IalsSolver solver in Enum.GetValues<IalsSolver>())
        {
            data.Add(solver, IalsParametrization.FrequencyScaled);
            data.Add(solver, IalsParametrization.ConfidenceScaled);
        }

        return data;
    }

    private static FactorModel Fit(InteractionMatrix matrix, IalsOptions options) =>
        new IalsTrainer(options).Fit(matrix, progress: null, TestContext.Current.CancellationToken);

    private static int Best(FactorModel model, InteractionMatrix matrix, int user)
    {
        float[] scores = new float[matrix.ItemCount];
        for (int item = 0; item < scores.Length; item++)
        {
            scores[item] = System.Numerics.Tensors.TensorPrimitives.Dot(model.Users[user], model.Items[item]);
        }

        return TopK.Of(scores, k: 1, matrix.ItemsOf(user))[0].Index;
    }

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance)
    {
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], actual[index], tolerance);
        }
    }
}
