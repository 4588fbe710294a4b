namespace Aisle.Local.DemoShop.Visits;

/// <summary>What a shopper did in one visit, and what was to be expected.</summary>
/// <param name="Events">What happened, in order but for refunds, which lie days ahead.</param>
/// <param name="ClickChance">How likely any of the slate was clicked, given the shopper's taste, in [0, 1].</param>
/// <param name="Shown">How many products the slate showed.</param>
public sealed record LiveSession(IReadOnlyList<DemoEvent> Events, double ClickChance, int Shown);
