using System.Globalization;
using Aisle.Events;
using Aisle.Events.Rules;

namespace Aisle.Catalogue;

/// <summary>Turns what a shop gave into a product, or says everything that is wrong with it.</summary>
/// <param name="requiresTitle">Whether a product must have a name; data sets of ids alone have none.</param>
public sealed class ProductRules(bool requiresTitle)
{
    /// <summary>The longest title.</summary>
    public const int MaxTitle = 1000;

    /// <summary>The longest category, subcategory, brand or tag.</summary>
    public const int MaxWord = 200;

    /// <summary>The longest description.</summary>
    public const int MaxDescription = 20_000;

    /// <summary>The longest address of a picture.</summary>
    public const int MaxUrl = 2000;

    /// <summary>The most tags.</summary>
    public const int MaxTags = 100;

    /// <summary>Whether a price with more decimals than its currency has is refused; else it is rounded half to even, as files of old data need it. Default false.</summary>
    public bool RequiresWholeMinorUnits { get; init; }

    /// <summary>Checks every field and reports all faults together.</summary>
    /// <param name="raw">What the shop gave.</param>
    /// <param name="faults">Grows by one entry a fault; a field that has one already gets no second.</param>
    /// <returns>The product, or null when there is any fault.</returns>
    public Product? Accept(RawProduct raw, List<EventFault> faults)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(faults);
        CheckId(raw.ProductId, faults);
        CheckText("title", raw.Title, MaxTitle, requiresTitle, faults);
        CheckText("category", raw.Category, MaxWord, isRequired: false, faults);
        CheckText("subcategory", raw.Subcategory, MaxWord, isRequired: false, faults);
        CheckText("brand", raw.Brand, MaxWord, isRequired: false, faults);
        CheckText("description", raw.Description, MaxDescription, isRequired: false, faults);
        CheckText("image_url", raw.ImageUrl, MaxUrl, isRequired: false, faults);
        CheckTags(raw.Tags, faults);
        long? price = Price(raw, faults);
        return faults.Count > 0 ? null : Product(raw, price);
    }

    /// <summary>The price in minor units; null when there is none or it cannot be used.</summary>
    public long? Price(RawProduct raw, List<EventFault> faults)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(faults);
        bool hasCurrency = Currencies.IsKnown(raw.Currency);
        if (raw.Currency is not null && !hasCurrency)
        {
            AddOnce(faults, "currency", Currencies.Problem(raw.Currency), Currencies.Remedy);
        }

        if (raw.Price is not { } price)
        {
            return null;
        }

        if (price < 0)
        {
            AddOnce(faults, "price", "negative", "Send a plain number of at least 0, such as 12.50.");
        }
        else if (raw.Currency is null)
        {
            AddOnce(faults, "price", "it has no currency", "Send price with its currency, such as EUR.");
        }

        if (price < 0 || !hasCurrency)
        {
            return null;
        }

        return Minor(price, raw.Currency!, faults);
    }

    private long? Minor(decimal price, string currency, List<EventFault> faults)
    {
        long? minor = Money.ToMinor(price, currency);
        if (minor is null)
        {
            AddOnce(faults, "price", "too large", "Send an amount below 9,000,000,000,000,000.");
        }
        else if (RequiresWholeMinorUnits && Money.FromMinor(minor.Value, currency) != price)
        {
            int digits = Money.Digits(currency);
            AddOnce(
                faults, "price", $"more decimals than {currency} has",
                digits == 0 ? "Send a whole number." : $"Send at most {digits} decimals, such as {Money.FromMinor(minor.Value, currency).ToString(CultureInfo.InvariantCulture)}.");
        }

        return minor;
    }

    private static void CheckId(string? id, List<EventFault> faults)
    {
        if (!Identity.IsValid(id))
        {
            AddOnce(
                faults, "product_id", string.IsNullOrEmpty(id) ? "missing" : "blank, too long or with control characters",
                $"Send a text of 1 to {Identity.MaxLength} characters.");
        }
    }

    private static void CheckText(string field, string? text, int max, bool isRequired, List<EventFault> faults)
    {
        if (text is null && isRequired)
        {
            AddOnce(faults, field, "missing", $"Send a text of 1 to {max} characters.");
        }
        else if (text is not null && (string.IsNullOrWhiteSpace(text) || text.Length > max))
        {
            AddOnce(faults, field, text.Length > max ? $"longer than {max} characters" : "empty", $"Send a text of 1 to {max} "
                + $"characters{(isRequired ? "" : ", or leave it out")}.");
        }
    }

    private static void CheckTags(IReadOnlyList<string> tags, List<EventFault> faults)
    {
        if (tags.Count > MaxTags || tags.Any(tag => string.IsNullOrWhiteSpace(tag) || tag.Length > MaxWord))
        {
            AddOnce(faults, "tags", "too many, empty or too long", $"Send at most {MaxTags} texts of 1 to {MaxWord} characters.");
        }
    }

    private static void AddOnce(List<EventFault> faults, string field, string problem, string remedy)
    {
        if (!faults.Exists(fault => fault.Field == field))
        {
            faults.Add(new EventFault(field, problem, remedy));
        }
    }

    private static Product Product(RawProduct raw, long? price) => new()
    {
        Id = new ProductId(raw.ProductId!),
        Title = raw.Title,
        Category = raw.Category,
        Subcategory = raw.Subcategory,
        Brand = raw.Brand,
        PriceMinor = price,
        Currency = price is null ? null : raw.Currency,
        Description = raw.Description,
        Tags = raw.Tags,
        CreatedDate = raw.CreatedDate,
        ImageUrl = raw.ImageUrl,
        InStock = raw.InStock ?? true,
    };
}
