using System.Globalization;
using System.Text.RegularExpressions;
using Aisle.Catalogue;
using Aisle.Events.Rules;
using Aisle.Local.Import.Files;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.ShopExports;

/// <summary>A product feed of Google Merchant Center, as tab-separated text or as XML (RSS 2.0 or Atom with g:
/// elements): the shop's whole catalogue.</summary>
/// <remarks>Attributes taken: id, title, description, image_link, availability, price (such as <c>15.00 EUR</c>), sale_price (without its
/// dates: the price now), brand, product_type or google_product_category (levels with &gt; between them), custom_label_0 to 4, color, size,
/// material and condition as tags.</remarks>
public sealed partial class MerchantCenterImporter : IDatasetImporter
{
    private static readonly string[] TagAttributes =
        ["condition", "color", "size", "material", "custom_label_0", "custom_label_1", "custom_label_2", "custom_label_3", "custom_label_4"];

    /// <inheritdoc/>
    public string Name => "merchant-center";

    /// <inheritdoc/>
    public bool IsWholeCatalogue => true;

    /// <inheritdoc/>
    public bool Recognizes(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return IsXml(head) ? head.Text.Contains("base.google.com/ns/1.0", StringComparison.Ordinal) : head.HasColumns("id", "title", "availability", "price");
    }

    /// <inheritdoc/>
    public IDatasetReading Open(DatasetFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        IRows rows = IsXml(new FileHead(file)) ? new FeedXmlRows(file.Text(options.Encoding)) : new CsvRows(file.Text(options.Encoding), Name, "id", "title", "price", "availability");
        RowMaker maker = new(rows, options);
        return new RowsReading(rows, new SingleRowReader(() => Read(rows, maker, options.Currency)));
    }

    private static bool IsXml(FileHead head) => head.Text.TrimStart().StartsWith('<');

    private static ImportedRow Read(IRows rows, RowMaker maker, string? fallbackCurrency)
    {
        List<EventFault> faults = [];
        string priceText = rows["sale_price"] is { Length: > 0 } sale ? sale : rows["price"];
        (decimal? price, string? currency) = Price(priceText, fallbackCurrency, faults);
        string[] levels = Levels(rows);
        return maker.Product("product", new RawProduct
        {
            ProductId = FieldText.OrNull(rows["id"]),
            Title = FieldText.OrNull(rows["title"]),
            Description = FieldText.OrNull(rows["description"]),
            Category = levels.ElementAtOrDefault(0),
            Subcategory = levels.Length > 1 ? levels[^1] : null,
            Brand = FieldText.OrNull(rows["brand"]),
            ImageUrl = FieldText.OrNull(rows["image_link"]),
            InStock = InStock(rows["availability"], faults),
            Price = price,
            Currency = currency,
            Tags = [.. TagAttributes.Select(attribute => rows[attribute]).Where(tag => tag.Length > 0).Distinct()],
        }, faults);
    }

    private static string[] Levels(IRows rows)
    {
        string path = rows["product_type"] is { Length: > 0 } own ? own : rows["google_product_category"];
        string first = path.Split(',')[0]; // several product types: the first is the main one
        return first.All(char.IsAsciiDigit) ? [] : [.. first.Split('>', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    private static (decimal? Price, string? Currency) Price(string text, string? fallbackCurrency, List<EventFault> faults)
    {
        if (text.Length == 0)
        {
            return (null, null);
        }

        Match match = Money().Match(text);
        if (!match.Success)
        {
            faults.Add(new EventFault("price", $"'{text}' is no price", "Write a number with a point and an ISO 4217 code, such as 15.00 EUR."));
            return (null, null);
        }

        string currency = match.Groups["before"].Value + match.Groups["after"].Value;
        return (decimal.Parse(match.Groups["amount"].Value, CultureInfo.InvariantCulture), currency.Length == 3 ? currency : fallbackCurrency);
    }

    private static bool? InStock(string availability, List<EventFault> faults)
    {
        switch (availability.Replace(' ', '_').ToLowerInvariant())
        {
            case "in_stock" or "backorder":
                return true;
            case "out_of_stock" or "preorder":
                return false;
            default:
                faults.Add(new EventFault("availability", $"'{availability}' is unknown", "Write in_stock, out_of_stock, preorder or backorder."));
                return null;
        }
    }

    [GeneratedRegex(@"^(?<before>[A-Z]{3})?\s*(?<amount>\d{1,13}(\.\d{1,6})?)\s*(?<after>[A-Z]{3})?$")]
    private static partial Regex Money();
}
