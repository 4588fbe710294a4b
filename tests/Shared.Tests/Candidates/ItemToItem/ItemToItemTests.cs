using Aisle.Candidates.ItemToItem;
using Aisle.Feedback;
using Aisle.Numerics;
using Aisle.Tests.Factorization;
using CsCheck;

namespace Aisle.Tests.Candidates.ItemToItem;

public sealed class ItemToItemTests
{
    public static TheoryData<string> Models { get; } = ["ease", "rp3", "knn"];

    [Theory, MemberData(nameof(Models))]
    public void The_item_that_a_checkerboard_withholds_ranks_first(string model)
    {
        InteractionMatrix matrix = World.Checkerboard(20);
        IItemScorer scorer = Train(model, matrix);
        float[] scores = new float[20];
        for (int user = 0; user < 20; user++)
        {
            scorer.Score(matrix.ItemsOf(user), matrix.WeightsOf(user), scores);
            Assert.Equal(user, TopK.Of(scores, 1, matrix.ItemsOf(user))[0].Index);
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void Twice_the_weight_of_a_history_is_twice_the_score(string model) => Gen.ULong.Sample(
        seed =>
        {
            InteractionMatrix matrix = World.Random(25, 15, 0.3, seed);
            IItemScorer scorer = Train(model, matrix);
            float[] once = new float[15];
            float[] twice = new float[15];
            scorer.Score([1, 4], [1, 2], once);
            scorer.Score([1, 4], [2, 4], twice);
            for (int item = 0; item < 15; item++)
            {
                Assert.Equal(2 * once[item], twice[item], tolerance: 1e-4f);
            }
        },
        iter: 20);

    [Theory, MemberData(nameof(Models))]
    public void An_empty_history_scores_nothing(string model)
    {
        float[] scores = [.. Enumerable.Repeat(7f, 20)];
        Train(model, World.Checkerboard(20)).Score([], [], scores);

        Assert.All(scores, score => Assert.Equal(0, score));
    }

    [Fact]
    public void Ease_of_two_items_is_as_by_hand()
    {
        // Three users have both items and one has only the first: XᵀX + I = [5 3; 3 4], so P = [4 −3; −3 5] / 11 and B = [0, 3/5; 3/4, 0].
        InteractionMatrix matrix = Matrix(4, 2, (0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1), (3, 0));
        float[] scores = new float[2];

        new EaseTrainer(new EaseOptions { Regularization = 1 }).Train(matrix, null, TestContext.Current.CancellationToken).Score([0], [1], scores);

        Assert.Equal(0.6f, scores[1], tolerance: 1e-6f);
        Assert.Equal(0, scores[0], tolerance: 1e-6f);
    }

    [Fact]
    public void Ease_gives_the_same_scores_from_either_side() => Gen.ULong.Sample(
        seed =>
        {
            // The same interactions with items nobody has, so that the user side is the smaller one.
            InteractionMatrix narrow = World.Random(30, 25, 0.2, seed);
            InteractionMatrix wide = Widened(narrow, 60);
            EaseTrainer trainer = new(new EaseOptions { Regularization = 5 });
            IItemScorer primal = trainer.Train(narrow, null, TestContext.Current.CancellationToken);
            EaseDualScorer dual = Assert.IsType<EaseDualScorer>(trainer.Train(wide, null, TestContext.Current.CancellationToken));
            float[] expected = new float[25];
            float[] folded = new float[60];
            float[] trained = new float[60];
            for (int user = 0; user < 30; user++)
            {
                primal.Score(narrow.ItemsOf(user), narrow.WeightsOf(user), expected);
                dual.Score(narrow.ItemsOf(user), narrow.WeightsOf(user), folded);
                dual.ScoreTrained(user, trained);
                foreach (int item in Enumerable.Range(0, 25).Except(narrow.ItemsOf(user).ToArray()))
                {
                    Assert.Equal(expected[item], folded[item], tolerance: 1e-3f);
                    Assert.Equal(expected[item], trained[item], tolerance: 1e-3f);
                }
            }
        },
        iter: 10);

    [Fact]
    public void A_matrix_too_large_to_invert_is_refused() => Assert.Throws<ArgumentException>(() =>
        new EaseTrainer(new EaseOptions { LargestMatrix = 3 }).Train(World.Checkerboard(10), null, TestContext.Current.CancellationToken));

    [Fact]
    public void A_cosine_is_shrunk_as_by_hand()
    {
        // Items 0 and 1 have two users in common of three and two: 2 / (√3·√2 + 1).
        InteractionMatrix matrix = Matrix(3, 2, (0, 0), (0, 1), (1, 0), (1, 1), (2, 0));
        float[] scores = new float[2];

        new ItemKnnTrainer(new ItemKnnOptions { Shrinkage = 1 }).Train(matrix, null, TestContext.Current.CancellationToken).Score([0], [1], scores);

        Assert.Equal((float)(2 / (Math.Sqrt(6) + 1)), scores[1], tolerance: 1e-6f);
    }

    [Fact]
    public void A_walk_of_three_steps_is_as_by_hand()
    {
        // From item 0 over users 0 and 1, each with probability 1/2: user 0 goes on to items 0, 1, 2 with 1/3 each, user 1 to items 0 and 1
        // with 1/2. Item 1 gets 1/6 + 1/4 = 5/12, item 2 gets 1/6; the row sums to 1 after scaling: 5/7 and 2/7.
        InteractionMatrix matrix = Matrix(2, 3, (0, 0), (0, 1), (0, 2), (1, 0), (1, 1));
        float[] scores = new float[3];

        new Rp3BetaTrainer(new Rp3BetaOptions { Alpha = 1, Beta = 0 }).Train(matrix, null, TestContext.Current.CancellationToken).Score([0], [1], scores);

        Assert.Equal(5f / 7, scores[1], tolerance: 1e-6f);
        Assert.Equal(2f / 7, scores[2], tolerance: 1e-6f);
    }

    [Fact]
    public void No_more_neighbours_are_kept_than_asked_for()
    {
        NeighbourScorer scorer = Assert.IsType<NeighbourScorer>(new ItemKnnTrainer(new ItemKnnOptions { Neighbours = 3 })
            .Train(World.Random(60, 30, 0.3, seed: 2), null, TestContext.Current.CancellationToken));

        for (int item = 0; item < 30; item++)
        {
            Assert.Equal(3, scorer.Neighbours.ItemsOf(item).Length);
            Assert.DoesNotContain(item, scorer.Neighbours.ItemsOf(item).ToArray());
        }
    }

    private static IItemScorer Train(string model, InteractionMatrix matrix)
    {
        IItemScorerTrainer trainer = model switch
        {
            "ease" => new EaseTrainer(new EaseOptions { Regularization = 10 }),
            "rp3" => new Rp3BetaTrainer(new Rp3BetaOptions()),
            _ => new ItemKnnTrainer(new ItemKnnOptions()),
        };
        return trainer.Train(matrix, null, TestContext.Current.CancellationToken);
    }

    private static InteractionMatrix Widened(InteractionMatrix matrix, int items)
    {
        InteractionMatrixBuilder builder = new(matrix.UserCount, items);
        for (int user = 0; user < matrix.UserCount; user++)
        {
            for (int index = 0; index < matrix.ItemsOf(user).Length; index++)
            {
                builder.Add(user, matrix.ItemsOf(user)[index], matrix.WeightsOf(user)[index]);
            }
        }

        return builder.Build();
    }

    private static InteractionMatrix Matrix(int users, int items, params (int User, int Item)[] pairs)
    {
        InteractionMatrixBuilder builder = new(users, items);
        foreach ((int user, int item) in pairs)
        {
            builder.Add(user, item, 1);
        }

        return builder.Build();
    }
}
