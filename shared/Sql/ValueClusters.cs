namespace Aisle.Sql;

/// <summary>Sums over the visitors of one variant who have values of a measure, for the clustered errors of quantiles: a
/// row of <c>experiment_clusters</c>.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Visitors">How many have a value.</param>
/// <param name="Values">Their values.</param>
/// <param name="ValuesSquared">Sum over visitors of the squared number of values.</param>
/// <param name="Limits">For each limit asked for, in that order, what lies at or below it.</param>
public sealed record ValueClusters(string Variant, long Visitors, long Values, long ValuesSquared, IReadOnlyList<ValuesBelow> Limits);
