namespace Aisle.Local.Import;

/// <summary>What a data set knows of a shopper beside the events.</summary>
/// <param name="Shopper">The shop's own id.</param>
/// <param name="AgeBracket">Such as <c>25-34</c>; null when unknown.</param>
public sealed record ImportedShopper(string Shopper, string? AgeBracket);
