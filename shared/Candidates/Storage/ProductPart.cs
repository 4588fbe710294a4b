using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Candidates.Storage;

/// <summary>Products, column by column: labels that repeat are stored once.</summary>
/// <remarks>Descriptions stay out: they are read when embeddings are made, and no slate shows them.</remarks>
internal static class ProductPart
{
    private const long Unknown = long.MinValue;

    /// <summary>Writes products in order.</summary>
    public static void Write(PartWriter writer, IReadOnlyList<Product> products)
    {
        writer.Texts([.. products.Select(product => product.Id.Value)]);
        writer.Texts([.. products.Select(product => product.Title)]);
        writer.Texts([.. products.Select(product => product.ImageUrl)]);
        Labels(writer, products.Select(product => product.Category));
        Labels(writer, products.Select(product => product.Subcategory));
        Labels(writer, products.Select(product => product.Brand));
        Labels(writer, products.Select(product => product.Currency));
        writer.Array<long>([.. products.Select(product => product.PriceMinor ?? Unknown)]);
        writer.Array<int>([.. products.Select(product => product.CreatedDate?.DayNumber ?? -1)]);
        writer.Array<bool>([.. products.Select(product => product.InStock)]);
        writer.Array<int>([.. products.Select(product => product.Tags.Count)]);
        Labels(writer, products.SelectMany(product => product.Tags));
    }

    /// <summary>Reads products in order.</summary>
    public static Product[] Read(PartReader reader)
    {
        string?[] ids = reader.Texts();
        string?[] titles = reader.Texts();
        string?[] images = reader.Texts();
        string?[] categories = Labels(reader);
        string?[] subcategories = Labels(reader);
        string?[] brands = Labels(reader);
        string?[] currencies = Labels(reader);
        long[] prices = reader.Array<long>();
        int[] days = reader.Array<int>();
        bool[] inStock = reader.Array<bool>();
        int[] tagCounts = reader.Array<int>();
        string?[] tags = Labels(reader);
        Product[] products = new Product[ids.Length];
        int tag = 0;
        for (int index = 0; index < products.Length; index++)
        {
            products[index] = new Product
            {
                Id = new ProductId(ids[index]!),
                Title = titles[index],
                Category = categories[index],
                Subcategory = subcategories[index],
                Brand = brands[index],
                PriceMinor = prices[index] == Unknown ? null : prices[index],
                Currency = currencies[index],
                Tags = tagCounts[index] == 0 ? [] : [.. tags.AsSpan(tag, tagCounts[index])!],
                CreatedDate = days[index] < 0 ? null : DateOnly.FromDayNumber(days[index]),
                ImageUrl = images[index],
                InStock = inStock[index],
            };
            tag += tagCounts[index];
        }

        return products;
    }

    /// <summary>Writes texts that repeat: the distinct ones, and for each the number of its own (−1 for null).</summary>
    private static void Labels(PartWriter writer, IEnumerable<string?> labels)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        int[] uses = [.. labels.Select(label => label is null ? -1 : NumberOf(numbers, label))];
        writer.Texts([.. numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)]);
        writer.Array<int>(uses);
    }

    private static int NumberOf(Dictionary<string, int> numbers, string label)
    {
        if (!numbers.TryGetValue(label, out int number))
        {
            numbers[label] = number = numbers.Count;
        }

        return number;
    }

    private static string?[] Labels(PartReader reader)
    {
        string?[] distinct = reader.Texts();
        return [.. reader.Array<int>().Select(number => number < 0 ? null : distinct[number])];
    }
}
