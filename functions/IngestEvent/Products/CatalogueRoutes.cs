using System.Text.Json;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aisle.IngestEvent.Products;

/// <summary>The catalogue's paths.</summary>
internal sealed class CatalogueRoutes(CatalogueEditor editor)
{
    private const int MaxBytes = 16 * 1024 * 1024;

    public async Task PutAsync(HttpContext context, RouteValueDictionary values)
    {
        using JsonDocument body = await Bodies.ReadJsonAsync(context, MaxBytes);
        List<FieldProblem> problems = [];
        Product[] products = ProductBatch.Read(body.RootElement, problems);
        if (problems.Count > 0)
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(problems));
            return;
        }

        await editor.PutAsync(products, context.RequestAborted);
        await Json.WriteAsync(context, StatusCodes.Status200OK, json => json.WriteNumber("accepted", products.Length));
    }

    public async Task PatchAsync(HttpContext context, RouteValueDictionary values)
    {
        using JsonDocument body = await Bodies.ReadJsonAsync(context, MaxBytes);
        List<FieldProblem> problems = [];
        if (new ProductRequest(body.RootElement, "", problems).ReadChange() is not { } change)
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(problems));
            return;
        }

        Product? changed = Id(values) is { } id ? await editor.PatchAsync(id, change, context.RequestAborted) : null;
        await (changed is null ? UnknownAsync(context) : WriteAsync(context, changed));
    }

    public async Task GetAsync(HttpContext context, RouteValueDictionary values)
    {
        Product? product = Id(values) is { } id ? await editor.FindAsync(id, context.RequestAborted) : null;
        await (product is null ? UnknownAsync(context) : Json.WriteAsync(context, StatusCodes.Status200OK, json => ProductJson.Write(json, product)));
    }

    public async Task PricesAsync(HttpContext context, RouteValueDictionary values)
    {
        IReadOnlyList<PriceChange> changes = Id(values) is { } id ? await editor.PricesAsync(id, context.RequestAborted) : [];
        await (changes.Count == 0 ? UnknownAsync(context) : Json.WriteAsync(context, StatusCodes.Status200OK, json => ProductJson.Write(json, changes)));
    }

    public async Task DeleteAsync(HttpContext context, RouteValueDictionary values)
    {
        if (Id(values) is { } id && await editor.DeleteAsync(id, context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await UnknownAsync(context);
    }

    private static ProductId? Id(RouteValueDictionary values) =>
        values["id"] is string text && Identity.IsValid(text) ? new ProductId(text) : null;

    private static Task UnknownAsync(HttpContext context) => ProblemWriter.WriteAsync(
        context, Problem.NotFound("id", "the shop has no such product", "Send it with PUT /v1/products first."));

    private static Task WriteAsync(HttpContext context, Product product) => Json.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteString("product_id", product.Id.Value);
        json.WriteBoolean("in_stock", product.InStock);
        if (product.PriceMinor is { } minor)
        {
            json.WriteNumber("price", Money.FromMinor(minor, product.Currency!));
            json.WriteString("currency", product.Currency);
        }
    });
}
