namespace Aisle.Local.DemoShop.Visits;

/// <summary>One visit to come: who, when, and the how manieth of that shopper's day.</summary>
/// <param name="StartsAt">When it begins, UTC.</param>
/// <param name="Shopper">The shopper's number.</param>
/// <param name="Day">The day's number from the beginning of the recorded past.</param>
/// <param name="Ordinal">0 for the shopper's first visit of the day.</param>
internal readonly record struct PlannedVisit(DateTimeOffset StartsAt, int Shopper, int Day, int Ordinal);
