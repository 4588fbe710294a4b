using System.Numerics.Tensors;
using Aisle.Candidates;
using Aisle.Candidates.ItemToItem;
using Aisle.Candidates.Neighbours;
using Aisle.Candidates.Sessions;
using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Training;
using Aisle.Content;
using Aisle.Evaluation;
using Aisle.Evaluation.Holdouts;
using Aisle.Evaluation.Slates;
using Aisle.Evaluation.Tuning;
using Aisle.Factorization;
using Aisle.Factorization.Folding;
using Aisle.Feedback;
using Aisle.Numerics;
using Aisle.Testing;

namespace Aisle.Tests.Evaluation;

/// <summary>What each model reaches on a fixed made-up world of tastes; a change that makes a model worse shows here.</summary>
public sealed class QualityFloorTests
{
    private const int Users = 400;
    private const int Items = 200;
    private const int Tastes = 8;

    private static readonly Holdout World = RandomHoldout.LeaveOne(Tasteful(), seed: 1);

    [Fact]
    public void Popularity_finds_little_where_tastes_decide() => Assert.InRange(Ndcg(new PopularSlates(World.Train, categories: null)), 0, 0.1);

    [Theory]
    [InlineData(IalsSolver.Exact)]
    [InlineData(IalsSolver.ConjugateGradient)]
    public void Factorization_does_not_fall_below_its_floor(IalsSolver solver)
    {
        IalsOptions options = new() { Factors = 16, Solver = solver };

        Assert.True(Ndcg(new FactorScorerTrainer(options)) > 0.17);
    }

    [Fact]
    public void Item_to_item_models_do_not_fall_below_their_floor()
    {
        Assert.True(Ndcg(new EaseTrainer(new EaseOptions { Regularization = 50 })) > 0.17);
        Assert.True(Ndcg(new Rp3BetaTrainer(new Rp3BetaOptions())) > 0.17);
        Assert.True(Ndcg(new ItemKnnTrainer(new ItemKnnOptions())) > 0.17);
    }

    [Fact]
    public void Similar_users_do_not_fall_below_their_floor()
    {
        UserNeighbours neighbours = new(World.Train, World.Train.Transpose());

        Assert.True(Ndcg((user, scores) => neighbours.Score(neighbours.Find(World.Train.ItemsOf(user), count: 50), scores)) > 0.17);
    }

    [Fact]
    public void Similar_sessions_do_not_fall_below_their_floor()
    {
        SessionKnn model = SessionKnn.Fit(
            [.. Enumerable.Range(0, Users).Select(user => new SessionClicks(World.Train.ItemsOf(user).ToArray(), DateTimeOffset.UnixEpoch.AddMinutes(user)))], Items, new SessionKnnOptions());

        Assert.True(Ndcg((user, scores) =>
        {
            double[] votes = new double[Items];
            model.Score(World.Train.ItemsOf(user), votes);
            for (int item = 0; item < Items; item++)
            {
                scores[item] = (float)votes[item];
            }
        }) > 0.15);
    }

    [Fact]
    public void Content_does_not_fall_below_its_floor()
    {
        string[] words = ["kettle", "spade", "novel", "pillow", "racket", "guitar", "easel", "collar"];
        ContentModel content = ContentModel.Fit(
            [.. Enumerable.Range(0, Items).Select(item => Some.Product($"p{item}") with { Title = $"{words[item % Tastes]} "
                + $"{words[item / Tastes % Tastes]}", Category = null })],
            new ContentOptions(), TestContext.Current.CancellationToken);

        Assert.True(Ndcg((user, scores) =>
        {
            float[] profile = new float[content.Embeddings.Width];
            ContentProfile.Fill(content.Embeddings, World.Train.ItemsOf(user), World.Train.WeightsOf(user), profile);
            for (int item = 0; item < Items; item++)
            {
                scores[item] = TensorPrimitives.Dot(content.Embeddings[item], profile);
            }
        }) > 0.1);
    }

    [Theory]
    [InlineData(Strategy.ContentOnly, 0.95), InlineData(Strategy.ContentPlusNeighbours, 0.95), InlineData(Strategy.FullHybrid, 0.95)]
    public void The_hybrid_does_not_fall_below_its_floor_in_any_tier(Strategy tier, double floor)
    {
        ModelDraft draft = TwoTopicShop.Draft();
        InteractionMatrix train = draft.Training.Interactions;
        InteractionMatrixBuilder held = new(train.UserCount, train.ItemCount);
        for (int user = 0; user < train.UserCount; user++)
        {
            for (int item = train.ItemsOf(user)[0] % 2; item < train.ItemCount; item += 2)
            {
                held.Add(user, item, 1);
            }
        }

        ModelBundle bundle = new ModelBundleTrainer(TwoTopicShop.Recipe).Finish(draft, "v1", TwoTopicShop.AsOf);
        HybridJudge judge = new(bundle, new Holdout(train, held.Build()), TwoTopicShop.Recipe.Hybrid, seed: 1);

        Assert.True(judge.Of([TwoTopicShop.Recipe.Hybrid], TestContext.Current.CancellationToken)[0].ByTier[tier] > floor);
    }

    [Fact]
    public void A_search_hands_back_its_trials_best_first_and_each_can_be_repeated()
    {
        IalsTuner tuner = new(new IalsOptions { Factors = 8 }, TimeSpan.FromSeconds(3), new SteppingClock());

        IReadOnlyList<IalsTrial> trials = tuner.Search(World.Train, Judge, TestContext.Current.CancellationToken);

        Assert.True(trials[0].Score >= trials[^1].Score);
        Assert.Equal(trials.Max(trial => trial.Score), trials[0].Score);
        Assert.Equal(trials[0].Score, Judge(new IalsTrainer(trials[0].Options).Fit(World.Train, null, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_search_without_time_still_tries_once() => Assert.NotEmpty(
        new IalsTuner(new IalsOptions { Factors = 2 }, TimeSpan.Zero, new SteppingClock()).Search(World.Train, _ => 1, TestContext.Current.CancellationToken));

    [Fact]
    public void One_item_of_each_user_with_two_or_more_is_held_out()
    {
        InteractionMatrixBuilder builder = new(2, 3);
        builder.Add(0, 1, 1);
        builder.Add(1, 0, 1);
        builder.Add(1, 2, 1);
        Holdout holdout = RandomHoldout.LeaveOne(builder.Build(), seed: 4);

        Assert.Equal([1], holdout.JudgedUsers);
        Assert.Equal([1], holdout.Train.ItemsOf(0));
        Assert.Equal(1, holdout.Train.ItemsOf(1).Length);
    }

    private static double Judge(FactorModel model) => Ndcg(new FactorSlates(model, World, 10, TestContext.Current.CancellationToken));

    private delegate void Scores(int user, Span<float> scores);

    private static double Ndcg(Scores model) => Ndcg(new ScoredUsers(model));

    private static double Ndcg(IItemScorerTrainer trainer) =>
        Ndcg(new ScorerSlates(trainer.Train(World.Train, null, TestContext.Current.CancellationToken), World.Train));

    private static double Ndcg(ISlateSource source) =>
        new ModelEvaluator(World, new EvaluationOptions { BootstrapSamples = 0 }).Evaluate("model", source, TestContext.Current.CancellationToken)[Metric.Ndcg]!.Value;

    /// <summary>Users of eight tastes choose twelve items each, four of five times within the 25 of their taste.</summary>
    private static InteractionMatrix Tasteful()
    {
        InteractionMatrixBuilder builder = new(Users, Items);
        for (int user = 0; user < Users; user++)
        {
            SeededRandom random = SeededRandom.Derive(11, (ulong)user);
            HashSet<int> chosen = [];
            while (chosen.Count < 12)
            {
                bool own = random.NextDouble() < 0.8;
                chosen.Add(own ? (random.NextInt(Items / Tastes) * Tastes) + (user % Tastes) : random.NextInt(Items));
            }

            foreach (int item in chosen)
            {
                builder.Add(user, item, 1);
            }
        }

        return builder.Build();
    }

    private sealed class ScoredUsers(Scores model) : ISlateSource
    {
        public int Rank(int user, Span<int> slate)
        {
            float[] scores = new float[Items];
            model(user, scores);
            ScoredIndex[] best = TopK.Of(scores, slate.Length, World.Train.ItemsOf(user));
            for (int rank = 0; rank < best.Length; rank++)
            {
                slate[rank] = best[rank].Index;
            }

            return best.Length;
        }
    }

    /// <summary>A second passes whenever somebody looks.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now += TimestampFrequency;
    }
}
