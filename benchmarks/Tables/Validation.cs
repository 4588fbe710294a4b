using Aisle.Evaluation;
using Aisle.Factorization;

namespace Aisle.Benchmarks.Tables;

/// <summary>Judges factorizations on a validation split, the whole catalogue ranked.</summary>
internal static class Validation
{
    /// <summary>Mean NDCG@k.</summary>
    public static double Ndcg(FactorModel model, Holdout holdout, int k) => Mean(model, holdout, k, Evaluation.Ndcg.AtK<int>);

    /// <summary>Mean Recall@k.</summary>
    public static double Recall(FactorModel model, Holdout holdout, int k) => Mean(model, holdout, k, Evaluation.Recall.AtK<int>);

    private delegate double? Judge(ReadOnlySpan<int> slate, IReadOnlySet<int> held, int k);

    private static double Mean(FactorModel model, Holdout holdout, int k, Judge judge)
    {
        FactorSlates slates = new(model, holdout, k, CancellationToken.None);
        double[] values = new double[holdout.JudgedUsers.Count];
        Parallel.For(0, values.Length, index =>
        {
            int user = holdout.JudgedUsers[index];
            int[] slate = new int[k];
            int count = slates.Rank(user, slate);
            values[index] = judge(slate.AsSpan(0, count), new HashSet<int>(holdout.Held.ItemsOf(user).ToArray()), k) ?? 0;
        });
        return values.Average();
    }
}
