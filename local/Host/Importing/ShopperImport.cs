using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Local.Import;
using Aisle.Ports;
using Aisle.Privacy;

namespace Aisle.Host.Importing;

/// <summary>Adds what a data set knows of shoppers to their documents. A shopper without events has no document and gets none.</summary>
internal sealed class ShopperImport(IProfileStore profiles, Pseudonymizer pseudonymizer)
{
    private const int MaxAttempts = 20;

    /// <summary>Writes what is new.</summary>
    /// <exception cref="TimeoutException">Other writers were faster too often; import again.</exception>
    public async Task WriteAsync(IReadOnlyList<ImportedShopper> shoppers, CancellationToken cancellationToken)
    {
        Dictionary<UserId, ImportedShopper> pending = [];
        foreach (ImportedShopper shopper in shoppers)
        {
            pending[pseudonymizer.UserOf(shopper.Shopper)] = shopper;
        }

        for (int attempt = 0; pending.Count > 0; attempt++)
        {
            if (attempt == MaxAttempts)
            {
                throw new TimeoutException($"{pending.Count} shoppers changed under us {MaxAttempts} times; import again.");
            }

            IReadOnlyDictionary<UserId, Versioned<ShopperProfile>> known = await profiles.ReadManyAsync(pending.Keys, cancellationToken);
            ProfileWrite[] writes = [.. known
                .Where(one => one.Value.Value.AgeBracket != pending[one.Key].AgeBracket)
                .Select(one => new ProfileWrite(one.Value.Value with { AgeBracket = pending[one.Key].AgeBracket }, one.Value.Tag))];
            IReadOnlyList<UserId> refused = await profiles.WriteAsync(writes, cancellationToken);
            pending = refused.ToDictionary(user => user, user => pending[user]);
        }
    }
}
