using Aisle.Candidates;

namespace Aisle.RetrainTrigger.Gate;

/// <summary>Finds in a bundle what no model may have, whatever it scores on a holdout.</summary>
internal static class ModelSanity
{
    /// <summary>What is wrong, each with what to do; empty when nothing is.</summary>
    public static IEnumerable<string> Problems(ModelBundle bundle)
    {
        const string Remedy = "Look for extreme quantities or prices in the data of the last days, then trigger a new run.";
        if (HasNoNumber(bundle.ItemFactors.Values))
        {
            yield return $"Its item factors hold values that are not numbers. {Remedy}";
        }

        if (HasNoNumber(bundle.Content.Embeddings.Values))
        {
            yield return $"Its content embeddings hold values that are not numbers. {Remedy}";
        }

        if (HasNoNumber(bundle.Popularity.DampedScores))
        {
            yield return $"Its popularity holds values that are not numbers. {Remedy}";
        }

        if (bundle.Products.All(product => !product.InStock))
        {
            yield return "No product of the catalogue is in stock, so it could show nothing. Send the catalogue with its stock, then trigger a new run.";
        }
    }

    private static bool HasNoNumber(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return true;
            }
        }

        return false;
    }
}
