using Aisle.Evaluation;
using Aisle.Evaluation.Holdouts;
using Aisle.Evaluation.Slates;
using Aisle.Evaluation.Tuning;
using Aisle.Factorization;
using Aisle.Tests.Factorization;
using CsCheck;

namespace Aisle.Tests.Evaluation.Tuning;

public sealed class FactorJudgeTests
{
    private const int K = 5;

    [Fact]
    public void It_says_what_an_evaluation_of_the_same_users_says() => Gen.ULong.Sample(
        seed =>
        {
            Holdout holdout = RandomHoldout.LeaveOne(World.Random(50, 30, 0.2, seed), seed).Sampled(20, seed);
            FactorModel model = new IalsTrainer(new IalsOptions { Factors = 4, Iterations = 2 }).Fit(holdout.Train, progress: null, CancellationToken.None);
            ModelEvaluation whole = new ModelEvaluator(holdout, new EvaluationOptions { K = K, BootstrapSamples = 0 })
                .Evaluate("model", new FactorSlates(model, holdout, K, CancellationToken.None), CancellationToken.None);

            FactorJudge judge = new(holdout, K);

            Assert.Equal(whole[Metric.Ndcg]!.Value, judge.Ndcg(model, CancellationToken.None), 1e-12);
            Assert.Equal(whole[Metric.Recall]!.Value, judge.Recall(model, CancellationToken.None), 1e-12);
        },
        iter: 10);

    [Fact]
    public void Where_nobody_judges_every_model_gets_0()
    {
        Holdout holdout = new(World.Checkerboard(6), World.Checkerboard(6));
        FactorModel model = new IalsTrainer(new IalsOptions { Factors = 2, Iterations = 1 }).Fit(holdout.Train, progress: null, CancellationToken.None);

        Assert.Equal(0, new FactorJudge(holdout, K).Ndcg(model, CancellationToken.None));
    }
}
