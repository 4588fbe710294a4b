namespace Aisle.Local.DemoShop.Products;

/// <summary>What a product is to the simulation; its words follow from the same numbers.</summary>
/// <param name="Shelf">Index of its subcategory.</param>
/// <param name="Style">Index of its look.</param>
/// <param name="Brand">Index of its maker within the department.</param>
/// <param name="PriceQuantile">Where its price lies in its subcategory, in [0, 1).</param>
/// <param name="PriceMinor">Its price.</param>
/// <param name="AgeInDays">Days from its creation to the shop's last day.</param>
internal readonly record struct ProductTraits(int Shelf, int Style, int Brand, double PriceQuantile, long PriceMinor, int AgeInDays);
