namespace Aisle.Local.DemoShop.Visits;

/// <summary>A product that the shopper came to, and by which slate.</summary>
/// <param name="Product">Its number.</param>
/// <param name="Shelf">Its shelf.</param>
/// <param name="Slate">The slate it was clicked in; null when found by browsing.</param>
/// <param name="Position">Its position there; null without a slate.</param>
internal readonly record struct FoundProduct(int Product, int Shelf, string? Slate, int? Position);
