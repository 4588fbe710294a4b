using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;

namespace Aisle.IngestEvent.Features;

/// <summary>Reads the features of one shopper, so that an operator sees what a slate would see.</summary>
/// <param name="profiles">The documents.</param>
/// <param name="catalogue">Knows the categories of what was touched, and the currency of its prices.</param>
/// <param name="clock">Tells whether document and visit still count.</param>
public sealed class FeatureReader(IProfileStore profiles, ICatalogueStore catalogue, TimeProvider clock)
{
    /// <summary>The features; null when there is no document or its time to live is over.</summary>
    public async Task<ShopperFeatures?> ReadAsync(UserId user, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (SessionFeatures.Live((await profiles.ReadAsync(user, cancellationToken))?.Value, now) is not { } profile || IsLeft(profile))
        {
            return null;
        }

        IReadOnlyDictionary<ProductId, Product> touched = await TouchedAsync(profile, cancellationToken);
        string? currency = profile.AveragePriceMinor is null ? null : Currency(profile, touched);
        return new ShopperFeatures(
            profile.UserEmbedding,
            SessionFeatures.RecentCategories(profile, product => touched.GetValueOrDefault(product)?.Category),
            currency is null ? null : Money.FromMinor((long)Math.Round(profile.AveragePriceMinor!.Value), currency),
            currency,
            profile.PurchaseCount30Days,
            SessionFeatures.IsCold(profile),
            SessionFeatures.SessionClicks(profile, now),
            profile.NewestEventAt,
            profile.ExpiresAt);
    }

    /// <summary>That of the latest touched product which has one.</summary>
    private static string? Currency(ShopperProfile profile, IReadOnlyDictionary<ProductId, Product> touched) =>
        profile.Recent.Reverse().Select(recent => touched.GetValueOrDefault(recent.Product)?.Currency).FirstOrDefault(known => known is not null);

    /// <summary>Whether the document only says where a visitor went.</summary>
    private static bool IsLeft(ShopperProfile profile) => profile.Login is not null && profile.NewestEventAt <= profile.Login.At;

    /// <summary>What the shopper touched last and the catalogue has.</summary>
    private Task<IReadOnlyDictionary<ProductId, Product>> TouchedAsync(ShopperProfile profile, CancellationToken cancellationToken) =>
        catalogue.FindManyAsync([.. profile.Recent.Select(recent => recent.Product).Distinct()], cancellationToken);
}
