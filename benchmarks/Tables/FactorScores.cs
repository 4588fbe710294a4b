using Aisle.Factorization;

namespace Aisle.Benchmarks.Tables;

/// <summary>Scores of trained users by their own factors.</summary>
internal static class FactorScores
{
    /// <summary>Inner products of one user's factors with all items'.</summary>
    public static void Of(FactorModel model, int user, Span<float> scores)
    {
        for (int item = 0; item < model.Items.Count; item++)
        {
            scores[item] = System.Numerics.Tensors.TensorPrimitives.Dot(model.Users[user], model.Items[item]);
        }
    }
}
