using System.Globalization;
using Aisle.Catalogue;
using Aisle.GoogleCloud.BigQuery;
using Aisle.Ports;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.Training;

/// <summary>Brings the catalogue to where BigQuery trains. Rows may arrive twice; the view <c>product_catalog</c> has each once.</summary>
internal sealed class CatalogueRows(BigQueryClient client, GoogleOptions options, ICatalogueStore catalogue, TimeProvider clock)
{
    private const int ProductsAtOnce = 2000;

    private readonly RowAppender _appender = new(client, options.Dataset, clock);

    /// <summary>Writes the catalogue under a version.</summary>
    /// <returns>How many products there are.</returns>
    public async Task<int> WriteAsync(string version, CancellationToken cancellationToken)
    {
        int count = 0;
        DateTimeOffset now = clock.GetUtcNow();
        List<BigQueryInsertRow> rows = new(ProductsAtOnce);
        await foreach (Product product in catalogue.ReadAllAsync(cancellationToken))
        {
            rows.Add(Row(version, product, now));
            count++;
            if (rows.Count == ProductsAtOnce)
            {
                await _appender.AppendAsync("product_catalog_raw", rows, cancellationToken);
                rows.Clear();
            }
        }

        await _appender.AppendAsync("product_catalog_raw", rows, cancellationToken);
        return count;
    }

    private static BigQueryInsertRow Row(string version, Product product, DateTimeOffset writtenAt) => new()
    {
        { "model_version", version },
        { "product_id", product.Id.Value },
        { "title", product.Title },
        { "category", product.Category },
        { "subcategory", product.Subcategory },
        { "brand", product.Brand },
        { "price_minor", product.PriceMinor },
        { "currency", product.Currency },
        { "description", product.Description },
        { "tags", product.Tags.ToArray() },
        { "created_date", product.CreatedDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
        { "image_url", product.ImageUrl },
        { "in_stock", product.InStock },
        { "written_at", writtenAt },
    };
}
