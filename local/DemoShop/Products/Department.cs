namespace Aisle.Local.DemoShop.Products;

/// <summary>A top-level category and the words that its products are described with.</summary>
/// <param name="Name">The category.</param>
/// <param name="PeakDay">The day of the year when it is most asked for.</param>
/// <param name="Brands">Its makers.</param>
/// <param name="Features">Sentences for descriptions.</param>
/// <param name="Subcategories">Its parts.</param>
internal sealed record Department(string Name, int PeakDay, string[] Brands, string[] Features, Subcategory[] Subcategories);

/// <summary>A part of a department.</summary>
/// <param name="Name">The subcategory.</param>
/// <param name="Nouns">What is sold there.</param>
/// <param name="Materials">What stands before the noun in a title.</param>
/// <param name="From">The lowest price, whole units.</param>
/// <param name="To">The highest price, whole units.</param>
/// <param name="Consumable">Whether shoppers buy the same thing again.</param>
internal sealed record Subcategory(string Name, string[] Nouns, string[] Materials, int From, int To, bool Consumable = false);

/// <summary>A look that runs through all departments; part of taste, and told by most titles.</summary>
/// <param name="Name">The tag.</param>
/// <param name="Adjectives">How titles say it.</param>
/// <param name="Sentence">How descriptions say it.</param>
internal sealed record Style(string Name, string[] Adjectives, string Sentence);
