using Aisle.Catalogue;

namespace Aisle.Content;

/// <summary>What a product's text says, as terms with weights: words and pairs of words of its title and
/// description, and its labels as a whole.</summary>
/// <remarks>Labels carry a prefix (<c>category:shoes</c>), so that a brand is never taken for a word of a title;
/// their words count as words too.</remarks>
internal sealed class ProductTerms(PriceBands bands, ContentOptions options)
{
    private const double TitleWeight = 1;
    private const double DescriptionWeight = 0.5;
    private const double CategoryWeight = 1.5;
    private const double SubcategoryWeight = 1.5;
    private const double BrandWeight = 1;
    private const double TagWeight = 1;
    private const double PriceWeight = 0.5;
    private const int MaxLabelWords = 50;

    /// <summary>The terms of one product, each once, with the sum of its weights; empty for a product without
    /// text (a price alone is no text).</summary>
    public Dictionary<string, double> Of(Product product)
    {
        Dictionary<string, double> terms = new(StringComparer.Ordinal);
        AddText(terms, product.Title, TitleWeight, MaxLabelWords);
        AddText(terms, product.Description, DescriptionWeight, options.MaxDescriptionWords);
        AddLabel(terms, "category", product.Category, CategoryWeight);
        AddLabel(terms, "subcategory", product.Subcategory, SubcategoryWeight);
        AddLabel(terms, "brand", product.Brand, BrandWeight);
        foreach (string tag in product.Tags)
        {
            AddLabel(terms, "tag", tag, TagWeight);
        }

        if (terms.Count > 0 && bands.TermOf(product) is { } band)
        {
            terms[band] = PriceWeight;
        }

        return terms;
    }

    private static void AddText(Dictionary<string, double> terms, string? text, double weight, int limit)
    {
        List<string> words = Words.Of(text, limit);
        for (int index = 0; index < words.Count; index++)
        {
            Add(terms, words[index], weight);
            if (index > 0)
            {
                Add(terms, $"{words[index - 1]} {words[index]}", weight);
            }
        }
    }

    private static void AddLabel(Dictionary<string, double> terms, string kind, string? label, double weight)
    {
        List<string> words = Words.Of(label, MaxLabelWords);
        if (words.Count > 0)
        {
            Add(terms, $"{kind}:{string.Join(' ', words)}", weight);
            words.ForEach(word => Add(terms, word, weight / 2));
        }
    }

    private static void Add(Dictionary<string, double> terms, string term, double weight) =>
        terms[term] = terms.GetValueOrDefault(term) + weight;
}
