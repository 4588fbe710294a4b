using Aisle.Numerics;

namespace Aisle.Local.DemoShop.Products;

/// <summary>A product's words: they tell its kind, maker and price class, and mostly its style.</summary>
/// <param name="Title">The name shown.</param>
/// <param name="Description">Two or three sentences.</param>
/// <param name="Tags">Labels.</param>
internal sealed record ProductWords(string Title, string Description, string[] Tags)
{
    private const double TellingShare = 0.95;

    public static ProductWords Draw(
        DemoVocabulary words, Department department, Subcategory subcategory, ProductTraits traits, SeededRandom random)
    {
        string noun = Pick(subcategory.Nouns, random);
        string material = Pick(subcategory.Materials, random);
        string colour = Pick(words.Colours, random);
        Style style = words.Styles[traits.Style];
        bool tells = random.NextDouble() < TellingShare;
        string adjective = tells ? Pick(style.Adjectives, random) + " " : "";
        string title = $"{department.Brands[traits.Brand]} {adjective}{material} {noun}, {colour}";
        string feature = Pick(department.Features, random);
        string opening = $"{material} {noun.ToLowerInvariant()} in {colour.ToLowerInvariant()} for {Class(traits.PriceQuantile)}.";
        string description = tells ? $"{opening} {style.Sentence} {feature}" : $"{opening} {feature}";
        return new ProductWords(title, description, Labels(subcategory, style, tells, material, colour));
    }

    private static string[] Labels(Subcategory subcategory, Style style, bool tells, string material, string colour) =>
        [
            subcategory.Name.ToLowerInvariant(),
            material.ToLowerInvariant(),
            colour.ToLowerInvariant(),
            .. tells ? [style.Name] : Array.Empty<string>(),
            .. subcategory.Consumable ? ["consumable"] : Array.Empty<string>(),
        ];

    private static string Class(double quantile) => quantile switch
    {
        < 0.3 => "a small budget",
        < 0.7 => "every day",
        < 0.9 => "demanding users",
        _ => "the very best",
    };

    private static string Pick(string[] words, SeededRandom random) => words[random.NextInt(words.Length)];
}
