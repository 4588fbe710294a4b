namespace Aisle.Local.DemoShop.Shoppers;

/// <summary>A leaning towards some shelves and styles that many shoppers share; nothing in the catalogue tells
/// it, only what people do.</summary>
/// <param name="Shelves">Shelves of several departments, the dearest first.</param>
/// <param name="Styles">The two styles it likes.</param>
internal sealed record Persona(int[] Shelves, int[] Styles);
