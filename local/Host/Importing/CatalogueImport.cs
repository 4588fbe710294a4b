using Aisle.Catalogue;
using Aisle.Events;
using Aisle.IngestEvent.Products;
using Aisle.Local.Import;
using Aisle.Ports;

namespace Aisle.Host.Importing;

/// <summary>Brings imported products into the catalogue: what stays the same is not written, and a feed that
/// would empty the shop is refused.</summary>
internal sealed class CatalogueImport(ICatalogueStore catalogue, CatalogueEditor editor)
{
    private const int BatchSize = 1000;

    /// <summary>The products of the shop that a whole feed lacks. A product whose row is bad is not missing: it stays as it was.</summary>
    /// <param name="feed">The feed; read to its end.</param>
    /// <param name="maxDrop">The largest share of the catalogue that it may lack.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DatasetFormatException">It lacks more.</exception>
    public async Task<IReadOnlyList<Product>> DroppedAsync(IDatasetReading feed, double maxDrop, CancellationToken cancellationToken)
    {
        HashSet<ProductId> named = [];
        await foreach (ImportedRow row in feed.RowsAsync(cancellationToken))
        {
            if (ProductOf(row) is { } id)
            {
                named.Add(id);
            }
        }

        List<Product> dropped = [];
        long all = 0;
        await foreach (Product product in catalogue.ReadAllAsync(cancellationToken))
        {
            all++;
            if (!named.Contains(product.Id))
            {
                dropped.Add(product);
            }
        }

        return dropped.Count <= maxDrop * all
            ? dropped
            : throw new DatasetFormatException(
                $"The feed lacks {dropped.Count:N0} of the {all:N0} products of the shop ({(double)dropped.Count / all:P1}; at most "
                + $"{maxDrop:P1} may leave), such as {dropped[0].Id.Value}; nothing was changed. Fetch the whole feed, add to the "
                + "catalogue with --catalogue part, or let it shrink with --force.");
    }

    /// <summary>Writes products that a feed lists.</summary>
    /// <param name="products">In the feed's order; of two of one id the last counts.</param>
    /// <param name="replaces">Whether what the feed does not say is forgotten; else it stays as it was.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were new or changed.</returns>
    public async Task<long> WriteAsync(IReadOnlyList<ImportedRow.Listed> products, bool replaces, CancellationToken cancellationToken)
    {
        List<Product> changed = [];
        foreach (ImportedRow.Listed listed in products.Reverse().DistinctBy(listed => listed.Content.Id))
        {
            Product? present = await catalogue.FindAsync(listed.Content.Id, cancellationToken);
            Product next = present is null || replaces ? listed.Content : Merge(present, listed);
            if (present is null || !IsSame(present, next))
            {
                changed.Add(next);
            }
        }

        foreach (Product[] batch in changed.Chunk(BatchSize))
        {
            await editor.PutAsync(batch, cancellationToken);
        }

        return changed.Count;
    }

    /// <summary>Adds what events say of their products: it fills gaps and renews prices, and takes nothing away.</summary>
    /// <returns>How many products the catalogue did not have.</returns>
    public async Task<long> NameAsync(IReadOnlyCollection<Product> products, bool isDryRun, CancellationToken cancellationToken)
    {
        long unknown = 0;
        foreach (Product[] batch in products.Chunk(BatchSize))
        {
            foreach (Product product in batch)
            {
                unknown += await catalogue.FindAsync(product.Id, cancellationToken) is null ? 1 : 0;
            }

            if (!isDryRun)
            {
                await WriteAsync([.. batch.Select(product => new ImportedRow.Listed(0, "named by events", product))], replaces: false, cancellationToken);
            }
        }

        return unknown;
    }

    /// <summary>Takes products out of the catalogue.</summary>
    public async Task DropAsync(IReadOnlyList<Product> products, CancellationToken cancellationToken)
    {
        foreach (Product[] batch in products.Chunk(BatchSize))
        {
            await editor.DeleteAsync(batch, cancellationToken);
        }
    }

    private static ProductId? ProductOf(ImportedRow row) => row switch
    {
        ImportedRow.Listed listed => listed.Content.Id,
        ImportedRow.Rejected rejected => rejected.Product,
        _ => null,
    };

    private static Product Merge(Product present, ImportedRow.Listed listed)
    {
        Product said = listed.Content;
        return present with
        {
            Title = said.Title ?? present.Title,
            Category = said.Category ?? present.Category,
            Subcategory = said.Category is null ? present.Subcategory : said.Subcategory,
            Brand = said.Brand ?? present.Brand,
            PriceMinor = said.PriceMinor ?? present.PriceMinor,
            Currency = said.PriceMinor is null ? present.Currency : said.Currency,
            Description = said.Description ?? present.Description,
            Tags = said.Tags.Count > 0 ? said.Tags : present.Tags,
            CreatedDate = said.CreatedDate ?? present.CreatedDate,
            ImageUrl = said.ImageUrl ?? present.ImageUrl,
            InStock = listed.SaysStock ? said.InStock : present.InStock,
        };
    }

    private static bool IsSame(Product first, Product second) => first.Tags.SequenceEqual(second.Tags) && first with { Tags = second.Tags } == second;
}
