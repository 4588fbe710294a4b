using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aisle.Local.DemoShop.Products;

/// <summary>The words of the demo shop: departments, styles and colours, kept beside the code in <c>departments.json</c>.</summary>
/// <param name="Styles">The looks.</param>
/// <param name="Colours">The colours of variants.</param>
/// <param name="Departments">The top-level categories.</param>
internal sealed record DemoVocabulary(Style[] Styles, string[] Colours, Department[] Departments)
{
    /// <summary>Reads the words.</summary>
    public static DemoVocabulary Load()
    {
        using Stream stream = typeof(DemoVocabulary).Assembly.GetManifestResourceStream("Aisle.Local.DemoShop.Products.departments.json")
            ?? throw new InvalidOperationException("departments.json is not embedded.");
        return JsonSerializer.Deserialize(stream, DemoVocabularyJson.Default.DemoVocabulary)
            ?? throw new InvalidOperationException("departments.json is empty.");
    }
}

/// <summary>How the words are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoVocabulary))]
internal sealed partial class DemoVocabularyJson : JsonSerializerContext;
