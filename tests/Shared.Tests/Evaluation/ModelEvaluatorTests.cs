using Aisle.Evaluation;
using Aisle.Evaluation.Holdouts;
using Aisle.Evaluation.Slates;
using Aisle.Factorization;
using Aisle.Factorization.Folding;
using Aisle.Feedback;
using Aisle.Tests.Factorization;

namespace Aisle.Tests.Evaluation;

public sealed class ModelEvaluatorTests
{
    private static readonly EvaluationOptions Options = new() { K = 2, BootstrapSamples = 200 };

    [Fact]
    public void A_model_that_knows_the_answer_is_perfect_and_popularity_is_not()
    {
        Holdout holdout = Checkerboard(20);
        ModelEvaluator evaluator = new(holdout, Options with { K = 1 });
        IItemScorer factors = new FactorScorerTrainer(World.Options(IalsParametrization.FrequencyScaled, factors: 2) with { Iterations = 10 })
            .Train(holdout.Train, progress: null, TestContext.Current.CancellationToken);

        ModelEvaluation personal = Evaluate(evaluator, "factors", new ScorerSlates(factors, holdout.Train));
        ModelEvaluation popular = Evaluate(evaluator, "popularity", new PopularSlates(holdout.Train, categories: null));

        Assert.Equal(1, personal[Metric.Ndcg]!.Value);
        Assert.Equal(1, personal[Metric.Coverage]!.Value);
        Assert.True(popular[Metric.Ndcg]!.Value < 0.2);
        Estimate difference = Bootstrap.Difference(personal.PerUser[Metric.Ndcg], popular.PerUser[Metric.Ndcg], samples: 200, seed: 1)!;
        Assert.True(difference.Low > 0.5);
    }

    [Fact]
    public void The_metrics_of_a_fixed_slate_are_as_by_hand()
    {
        // Two users hold item 2 and item 3; both are shown 2, 3. Item 0 has two buyers, item 1 one, the others none.
        Holdout holdout = new(Matrix(2, 4, (0, 0), (0, 1), (1, 0)), Matrix(2, 4, (0, 2), (1, 3)));
        FactorMatrix embeddings = new(4, 2, [1, 0, 1, 0, 1, 0, 0, 1]);

        ModelEvaluation evaluation = Evaluate(new ModelEvaluator(holdout, Options with { Embeddings = embeddings }), "fixed", new FixedSlates(2, 3));

        Assert.Equal(0.5, evaluation[Metric.Precision]!.Value);
        Assert.Equal(1, evaluation[Metric.Recall]!.Value);
        Assert.Equal(0.75, evaluation[Metric.ReciprocalRank]!.Value);
        Assert.Equal(1, evaluation[Metric.IntraListDiversity]!.Value, tolerance: 1e-6);
        Assert.Equal(2, evaluation[Metric.Novelty]!.Value, tolerance: 1e-12); // log2(2 / 0.5)
        Assert.Equal(0, evaluation[Metric.Coverage]!.Value); // of items 0 and 1, which alone were sold
        Assert.Equal(1, evaluation[Metric.CoverageCeiling]!.Value);
        Assert.Equal(1, evaluation[Metric.TailShare]!.Value);
        Assert.Null(evaluation[Metric.Gini]);
    }

    [Fact]
    public void Without_content_diversity_is_not_available() =>
        Assert.Equal("n/a", ComparisonTable.Format(Evaluate(new ModelEvaluator(Checkerboard(6), Options), "any", new FixedSlates())[Metric.IntraListDiversity]));

    [Fact]
    public void Slices_split_the_judged_users()
    {
        Holdout holdout = Checkerboard(6);
        string[] slices = ["even", "odd", "even", "odd", "even", "odd"];

        ModelEvaluation evaluation = Evaluate(new ModelEvaluator(holdout, Options with { Slices = slices }), "none", new FixedSlates());

        Assert.Equal(["even", "odd"], evaluation.BySlice.Keys);
        Assert.Equal(3, evaluation.BySlice["odd"][Metric.Ndcg]!.Users);
    }

    [Fact]
    public void An_item_shown_twice_or_already_owned_is_a_fault_of_the_model()
    {
        ModelEvaluator evaluator = new(Checkerboard(6), Options);

        Assert.ThrowsAny<Exception>(() => Evaluate(evaluator, "twice", new FixedSlates(1, 1)));
        Assert.ThrowsAny<Exception>(() => Evaluate(evaluator, "owned", new FixedSlates(0, 1)));
    }

    [Fact]
    public void What_a_user_has_cannot_be_held_out()
    {
        Holdout holdout = new(Matrix(1, 3, (0, 0), (0, 1)), Matrix(1, 3, (0, 1), (0, 2)));

        Assert.Equal([2], holdout.Held.ItemsOf(0));
    }

    [Fact]
    public void Popularity_ranks_by_buyers_and_then_by_index()
    {
        InteractionMatrix train = Matrix(3, 5, (0, 4), (1, 4), (1, 2), (2, 1));
        int[] slate = new int[3];

        Assert.Equal(3, new PopularSlates(train, categories: null).Rank(2, slate));
        Assert.Equal([4, 2, 0], slate);
        new PopularSlates(train, categories: [0, 1, 0, 1, 0]).Rank(2, slate);
        Assert.Equal([3, 4, 2], slate);
    }

    [Fact]
    public void A_bootstrap_interval_holds_the_mean_and_repeats_for_a_seed()
    {
        double?[] values = [.. Enumerable.Range(0, 200).Select(index => index % 10 == 9 ? (double?)null : index % 7)];
        Estimate estimate = Bootstrap.Mean(values, samples: 500, seed: 3)!;

        Assert.Equal(180, estimate.Users);
        Assert.True(estimate.Low < estimate.Value && estimate.Value < estimate.High);
        Assert.Equal(estimate, Bootstrap.Mean(values, samples: 500, seed: 3));
        // The interval of a mean of 180 draws with deviation 2 is about ±1.96·2/√180.
        Assert.Equal(0.58, estimate.High!.Value - estimate.Low!.Value, tolerance: 0.08);
    }

    [Fact]
    public void Evaluations_at_different_cuts_do_not_share_a_table()
    {
        Holdout holdout = Checkerboard(6);
        ModelEvaluation two = Evaluate(new ModelEvaluator(holdout, Options), "two", new FixedSlates());
        ModelEvaluation three = Evaluate(new ModelEvaluator(holdout, Options with { K = 3 }), "three", new FixedSlates());

        Assert.Throws<ArgumentException>(() => ComparisonTable.Of([two, three], ComparisonTable.StandardMetrics));
        Assert.Equal(ComparisonTable.StandardMetrics.Count, ComparisonTable.Of([two], ComparisonTable.StandardMetrics).Rows[0].Cells.Count);
    }

    private static ModelEvaluation Evaluate(ModelEvaluator evaluator, string model, ISlateSource source) =>
        evaluator.Evaluate(model, source, TestContext.Current.CancellationToken);

    /// <summary>Each user's own item is held out of a checkerboard.</summary>
    private static Holdout Checkerboard(int size) =>
        new(World.Checkerboard(size), Matrix(size, size, [.. Enumerable.Range(0, size).Select(user => (user, user))]));

    private static InteractionMatrix Matrix(int users, int items, params (int User, int Item)[] pairs)
    {
        InteractionMatrixBuilder builder = new(users, items);
        foreach ((int user, int item) in pairs)
        {
            builder.Add(user, item, 1);
        }

        return builder.Build();
    }

    private sealed class FixedSlates(params int[] items) : ISlateSource
    {
        public int Rank(int user, Span<int> slate)
        {
            items.CopyTo(slate);
            return items.Length;
        }
    }
}
