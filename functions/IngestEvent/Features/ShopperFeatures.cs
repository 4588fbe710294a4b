using Aisle.Events;

namespace Aisle.IngestEvent.Features;

/// <summary>The six features of a shopper as a slate would use them now.</summary>
/// <param name="UserEmbedding"><c>user_embedding_64d</c>, daily: the collaborative factor, 64 numbers; empty before the
/// first retrain that knew the shopper.</param>
/// <param name="RecentCategories"><c>recent_categories</c>, streaming: newest first, each once, at most 10.</param>
/// <param name="AveragePrice"><c>avg_price_range</c>, hourly: the weighted mean price of what was viewed and bought, in whole units of
/// <paramref name="Currency"/>; null when unknown.</param>
/// <param name="Currency">ISO 4217 code of the price; null exactly when there is none.</param>
/// <param name="PurchaseCount30Days"><c>purchase_count_30d</c>, daily: order lines of the last 30 days.</param>
/// <param name="IsCold"><c>cold_start_flag</c>, streaming: whether fewer than six distinct products were touched.</param>
/// <param name="SessionClicks"><c>session_click_ids</c>, streaming: what was clicked in the visit that is under way,
/// oldest first; empty once it has ended.</param>
/// <param name="NewestEventAt">The newest event time in the document, UTC.</param>
/// <param name="ExpiresAt">When the document stops counting, UTC.</param>
public sealed record ShopperFeatures(
    IReadOnlyList<float> UserEmbedding, IReadOnlyList<string> RecentCategories, decimal? AveragePrice, string? Currency, int PurchaseCount30Days, bool IsCold,
    IReadOnlyList<ProductId> SessionClicks, DateTimeOffset NewestEventAt, DateTimeOffset ExpiresAt);
