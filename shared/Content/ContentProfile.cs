using System.Numerics.Tensors;
using Aisle.Factorization;

namespace Aisle.Content;

/// <summary>What a shopper is interested in, judged by the content of what they touched.</summary>
public static class ContentProfile
{
    /// <summary>The weighted mean of the touched products' embeddings, brought to length 1.</summary>
    /// <param name="embeddings">n × d, unit rows or zero.</param>
    /// <param name="items">What was touched, by index.</param>
    /// <param name="weights">How strongly, decayed by age; positive.</param>
    /// <param name="profile">The result, length d; all zero when nothing touched has content.</param>
    /// <returns>The length of the weighted sum before it was brought to 1; 0 when there is no profile. The contribution of a touched
    /// product j to the cosine with i is w_j·⟨e_j, e_i⟩ divided by it, and the contributions sum to the cosine.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static float Fill(FactorMatrix embeddings, ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> profile)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        if (items.Length != weights.Length || profile.Length != embeddings.Width)
        {
            throw new ArgumentException($"One weight for each item and a profile of {embeddings.Width} numbers are needed.");
        }

        profile.Clear();
        for (int index = 0; index < items.Length; index++)
        {
            TensorPrimitives.MultiplyAdd(embeddings[items[index]], weights[index], profile, profile);
        }

        float norm = TensorPrimitives.Norm(profile);
        if (!(norm > 1e-9f))
        {
            profile.Clear();
            return 0;
        }

        TensorPrimitives.Divide(profile, norm, profile);
        return norm;
    }
}
