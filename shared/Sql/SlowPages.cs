namespace Aisle.Sql;

/// <summary>Sums over the visitors of one variant who loaded pages, for the clustered errors of a median and an upper quantile: a row of <c>experiment_slow_pages</c>.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Visitors">How many loaded a page.</param>
/// <param name="Loads">Page loads.</param>
/// <param name="LoadsSquared">Sum over visitors of squared page loads.</param>
/// <param name="Fast">Page loads that took at most the median.</param>
/// <param name="FastSquared">Sum over visitors of its square.</param>
/// <param name="FastByLoads">Sum over visitors of its product with the page loads.</param>
/// <param name="Bearable">Page loads that took at most the upper quantile.</param>
/// <param name="BearableSquared">Sum over visitors of its square.</param>
/// <param name="BearableByLoads">Sum over visitors of its product with the page loads.</param>
public sealed record SlowPages(
    string Variant, long Visitors, long Loads, long LoadsSquared, long Fast, long FastSquared, long FastByLoads, long Bearable, long BearableSquared, long BearableByLoads);
