namespace Aisle.AbReport.Results;

/// <summary>The cumulated lift of the primary goal up to a day, with the interval that survives daily looks.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Day">Days since the start, from 1.</param>
/// <param name="Visitors">Visitors of both arms so far.</param>
/// <param name="Lift">The lift; null without a control.</param>
/// <param name="Low">Its lower end; null where there is none.</param>
/// <param name="High">Its upper end; null where there is none.</param>
public sealed record LiftPoint(string Variant, int Day, long Visitors, double? Lift, double? Low, double? High);
