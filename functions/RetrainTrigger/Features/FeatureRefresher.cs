using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;
using Aisle.RetrainTrigger.Steps;
using Aisle.Sql;

namespace Aisle.RetrainTrigger.Features;

/// <summary>Refreshes single features in the shoppers' documents between retrains. Doing it again writes the same.</summary>
/// <param name="profiles">The documents; those that have expired are not made anew.</param>
/// <param name="reader">Reads the history.</param>
/// <param name="clock">Says when the windows end.</param>
/// <param name="options">How long the window of feedback is.</param>
public sealed class FeatureRefresher(IProfileStore profiles, TrainingReader reader, TimeProvider clock, RetrainOptions options)
{
    private const int ProfilesAtOnce = 500;
    private const int MaxAttempts = 10;

    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    /// <summary>Writes each shopper's usual price: the mean price of what was touched, by how strongly.</summary>
    /// <returns>How many documents changed.</returns>
    public async Task<int> RefreshPricesAsync(CancellationToken cancellationToken)
    {
        Dictionary<ProductId, long> prices = (await reader.ProductsAsync(cancellationToken))
            .Where(product => product.PriceMinor is not null).ToDictionary(product => product.Id, product => product.PriceMinor!.Value);
        Dictionary<UserId, PriceMean> means = [];
        DateTimeOffset now = clock.GetUtcNow();
        await foreach (UserItemScore row in reader.ScoresAsync(options.Recipe.Feedback, now - options.Recipe.Feedback.Window, now, cancellationToken))
        {
            if (prices.TryGetValue(row.Product, out long price))
            {
                means[row.User] = means.GetValueOrDefault(row.User).With(price, row.Score);
            }
        }

        return await WriteAsync(
            [.. means.Where(mean => mean.Value.Value is not null).Select(mean => mean.Key)],
            profile => profile with { AveragePriceMinor = means[profile.User].Value },
            cancellationToken);
    }

    /// <summary>Counts each shopper's purchases of the last 30 days.</summary>
    /// <returns>How many documents changed.</returns>
    public async Task<int> RefreshPurchaseCountsAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        IReadOnlyList<PurchasedLine> lines = await reader.PurchasesAsync(options.Recipe.Feedback, now, cancellationToken);
        UserId[] buyers = [.. lines.Where(line => line.User is not null).Select(line => line.User!.Value).Distinct()]; // of the whole window: counts fall to 0 too
        Dictionary<UserId, int> bought = lines.Where(line => line.User is not null && line.OccurredAt >= now - Lately)
            .CountBy(line => line.User!.Value).ToDictionary();
        return await WriteAsync(buyers, profile => profile with { PurchaseCount30Days = bought.GetValueOrDefault(profile.User) }, cancellationToken);
    }

    // An event may change a document meanwhile: then it is read again.
    private async Task<int> WriteAsync(UserId[] users, Func<ShopperProfile, ShopperProfile> change, CancellationToken cancellationToken)
    {
        int written = 0;
        foreach (UserId[] some in users.Chunk(ProfilesAtOnce))
        {
            IReadOnlyCollection<UserId> pending = some;
            for (int attempt = 0; pending.Count > 0 && attempt < MaxAttempts; attempt++)
            {
                IReadOnlyDictionary<UserId, Versioned<ShopperProfile>> known = await profiles.ReadManyAsync(pending, cancellationToken);
                ProfileWrite[] writes = [.. known.Values.Select(document => (document.Tag, Before: document.Value, After: change(document.Value)))
                    .Where(pair => pair.Before.AveragePriceMinor != pair.After.AveragePriceMinor || pair.Before.PurchaseCount30Days != pair.After.PurchaseCount30Days)
                    .Select(pair => new ProfileWrite(pair.After, pair.Tag))];
                pending = await profiles.WriteAsync(writes, cancellationToken);
                written += writes.Length - pending.Count;
            }
        }

        return written;
    }
}
