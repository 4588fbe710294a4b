using Aisle.Events;

namespace Aisle.Sql;

/// <summary>How often a product was shown on a day: a row of <c>product_exposure</c>.</summary>
/// <param name="Product">The product.</param>
/// <param name="Day">The day, UTC.</param>
/// <param name="Slates">How many slates were served with it.</param>
/// <param name="Impressions">How often shoppers' pages reported that it was seen; stays 0 in a shop that sends no impressions.</param>
public sealed record ProductExposureDay(ProductId Product, DateOnly Day, long Slates, long Impressions);
