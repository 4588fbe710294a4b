namespace Aisle.Local.DemoShop.Shoppers;

/// <summary>What a demo shop knows about one of its shoppers.</summary>
/// <param name="Id">The shop's own id, not yet a pseudonym, such as <c>shopper-00042</c>.</param>
/// <param name="AgeBracket">Such as <c>25-34</c>.</param>
/// <param name="Location">An ISO 3166 country code.</param>
/// <param name="DeviceType"><c>mobile</c>, <c>desktop</c> or <c>tablet</c>: what the shopper mostly uses.</param>
/// <param name="JoinedOn">The day of the first visit; may lie before the shop's recorded past.</param>
public sealed record DemoShopper(string Id, string AgeBracket, string Location, string DeviceType, DateOnly JoinedOn);
