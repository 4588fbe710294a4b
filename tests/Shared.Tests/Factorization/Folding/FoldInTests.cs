using Aisle.Factorization;
using Aisle.Factorization.Folding;
using Aisle.Feedback;
using CsCheck;

namespace Aisle.Tests.Factorization.Folding;

public sealed class FoldInTests
{
    private static readonly InteractionMatrix Matrix = World.Random(60, 40, 0.2, seed: 8);

    [Theory]
    [InlineData(IalsParametrization.FrequencyScaled)]
    [InlineData(IalsParametrization.ConfidenceScaled)]
    public void Folding_a_trained_user_in_again_gives_what_a_half_step_would(IalsParametrization parametrization)
    {
        FactorModel model = Model(parametrization);
        FoldIn fold = new(model.Items, model.Options);
        float[] once = new float[8];
        fold.Solve(Matrix.ItemsOf(0), Matrix.WeightsOf(0), once);

        double before = new IalsLoss(model.Options).Of(Matrix, model.Users, model.Items);
        once.CopyTo(model.Users.Row(0));
        double after = new IalsLoss(model.Options).Of(Matrix, model.Users, model.Items);

        Assert.True(after <= before);
        Assert.True(before - after < 0.05 * before);
    }

    [Fact]
    public void Folding_in_and_scoring_the_catalogue_allocates_nothing()
    {
        FactorModel model = Model(IalsParametrization.FrequencyScaled);
        FactorScorer scorer = new(model.Items, model.Options);
        float[] scores = new float[model.Items.Count];
        for (int round = 0; round < 50; round++)
        {
            scorer.Score(Matrix.ItemsOf(0), Matrix.WeightsOf(0), scores);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        scorer.Score(Matrix.ItemsOf(1), Matrix.WeightsOf(1), scores);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Contributions_sum_to_the_score() =>
        Gen.Select(Gen.Int[0, 39], Gen.Int[0, 9], Gen.Enum<IalsParametrization>()).Sample((target, user, parametrization) =>
        {
            FactorModel model = Model(parametrization);
            FoldIn fold = new(model.Items, model.Options);
            double[] contributions = new double[Matrix.ItemsOf(user).Length];

            double score = fold.Explain(Matrix.ItemsOf(user), Matrix.WeightsOf(user), target, contributions);

            Assert.Equal(score, contributions.Sum(), tolerance: 1e-9);
        });

    [Fact]
    public void The_quick_split_of_a_score_is_that_of_the_solved_equations() =>
        Gen.Select(Gen.Int[0, 39], Gen.Int[1, 20], Gen.Float[0.05f, 20], Gen.Enum<IalsParametrization>()).Sample((target, count, weight, parametrization) =>
        {
            FactorModel model = Model(parametrization);
            FoldIn fold = new(model.Items, model.Options);
            int[] items = [.. Enumerable.Range(0, count).Select(item => item * 2)];
            float[] weights = [.. items.Select(item => weight * (1 + (item % 5)))];
            double[] solved = new double[count], quick = new double[count];

            fold.Explain(items, weights, target, solved);
            fold.Split(items, weights)(target, quick);

            double size = solved.Sum(Math.Abs);
            Assert.All(solved.Zip(quick), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * size));
        });

    [Fact]
    public void A_user_without_interactions_has_zero_factors()
    {
        FactorModel model = Model(IalsParametrization.FrequencyScaled);
        float[] factors = [.. Enumerable.Repeat(7f, 8)];

        new FoldIn(model.Items, model.Options).Solve([], [], factors);

        Assert.All(factors, factor => Assert.Equal(0, factor));
    }

    [Theory]
    [InlineData(40, 1f)]
    [InlineData(-1, 1f)]
    [InlineData(0, 0f)]
    [InlineData(0, float.NaN)]
    public void An_unknown_item_or_a_weight_that_is_not_positive_is_refused(int item, float weight)
    {
        FactorModel model = Model(IalsParametrization.FrequencyScaled);

        Assert.Throws<ArgumentOutOfRangeException>(() => new FoldIn(model.Items, model.Options).Solve([item], [weight], new float[8]));
    }

    private static FactorModel Model(IalsParametrization parametrization) =>
        new IalsTrainer(World.Options(parametrization)).Fit(Matrix, progress: null, TestContext.Current.CancellationToken);
}
