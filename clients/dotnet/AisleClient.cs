using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Aisle.Client;

/// <summary>Asks a host of Aisle for slates, sends it events and keeps its catalogue. Safe for many threads at
/// once; every call may be repeated.</summary>
/// <param name="http">Knows the host's address (<see cref="HttpClient.BaseAddress"/>), ending with a slash when it has a path;
/// the caller's to keep and to dispose.</param>
/// <param name="keys">The keys that the caller has.</param>
public sealed class AisleClient(HttpClient http, AisleKeys keys)
{
    /// <summary>One slate.</summary>
    /// <exception cref="AisleException">The host refused.</exception>
    /// <exception cref="HttpRequestException">The host cannot be reached.</exception>
    public Task<Slate> GetSlateAsync(SlateQuery query, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, "v1/recommendations", keys.Storefront, query, ClientJson.Default.SlateQuery, ClientJson.Default.Slate, cancellationToken);

    /// <summary>Several slates without a repeated product, in the order asked for.</summary>
    /// <exception cref="AisleException">The host refused.</exception>
    /// <exception cref="HttpRequestException">The host cannot be reached.</exception>
    public async Task<IReadOnlyList<Slate>> GetPageAsync(PageQuery query, CancellationToken cancellationToken) =>
        (await AskAsync(HttpMethod.Post, "v1/pages", keys.Storefront, query, ClientJson.Default.PageQuery, ClientJson.Default.PageAnswer, cancellationToken)).Slates;

    /// <summary>The caller's list in the shopper's order. Products that the model does not know are left out;
    /// <see cref="Slate.Shortfall"/> counts them.</summary>
    /// <exception cref="AisleException">The host refused.</exception>
    /// <exception cref="HttpRequestException">The host cannot be reached.</exception>
    public Task<Slate> RerankAsync(RerankQuery query, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, "v1/rerank", keys.Storefront, query, ClientJson.Default.RerankQuery, ClientJson.Default.Slate, cancellationToken);

    /// <summary>Sends 1 to 500 events.</summary>
    /// <returns>How many were taken, and what is wrong with each of the others.</returns>
    /// <exception cref="AisleException">The host refused all of them; with
    /// <see cref="AisleException.RetryAfter"/> when it is busy.</exception>
    /// <exception cref="HttpRequestException">The host cannot be reached.</exception>
    public Task<Receipt> SendAsync(IReadOnlyList<ShopEvent> events, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, "v1/events", keys.Collector, new EventBatch(events), ClientJson.Default.EventBatch, ClientJson.Default.Receipt, cancellationToken);

    /// <summary>Says that a visitor has logged in: experiments go on with the variant of before. A visitor who bought as a guest is
    /// merged with the operator's key only.</summary>
    /// <param name="anonymousId">The id before login.</param>
    /// <param name="userId">The id after login.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AisleException">The host refused.</exception>
    /// <exception cref="HttpRequestException">The host cannot be reached.</exception>
    public Task JoinAsync(string anonymousId, string userId, CancellationToken cancellationToken) => AskAsync(
        HttpMethod.Post, "v1/identities", keys.Collector, new IdentityPair(anonymousId, userId), ClientJson.Default.IdentityPair, ClientJson.Default.AcceptedCount, cancellationToken);

    /// <summary>Adds or replaces 1 to 1,000 products.</summary>
    /// <exception cref="AisleException">The host refused; nothing was changed.</exception>
    /// <exception cref="HttpRequestException">The host cannot be reached.</exception>
    public Task PutProductsAsync(IReadOnlyList<CatalogueProduct> products, CancellationToken cancellationToken) => AskAsync(
        HttpMethod.Put, "v1/products", keys.Operator, new ProductBatch(products), ClientJson.Default.ProductBatch, ClientJson.Default.AcceptedCount, cancellationToken);

    /// <summary>Changes price or stock; it acts on the next slate.</summary>
    /// <exception cref="AisleException">The host refused, or has no such product (404).</exception>
    /// <exception cref="HttpRequestException">The host cannot be reached.</exception>
    public Task ChangeProductAsync(string productId, ProductChange change, CancellationToken cancellationToken) => AskAsync(
        HttpMethod.Patch, PathOf(productId), keys.Operator, change, ClientJson.Default.ProductChange, ClientJson.Default.CatalogueProduct, cancellationToken);

    /// <summary>A product as it is now, or null when the shop has none of this id.</summary>
    /// <exception cref="AisleException">The host refused.</exception>
    /// <exception cref="HttpRequestException">The host cannot be reached.</exception>
    public async Task<CatalogueProduct?> FindProductAsync(string productId, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, PathOf(productId), keys.Operator, null, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(answer, ClientJson.Default.CatalogueProduct, cancellationToken);
    }

    /// <summary>Takes a product out of the catalogue.</summary>
    /// <returns>Whether the shop had it.</returns>
    /// <exception cref="AisleException">The host refused.</exception>
    /// <exception cref="HttpRequestException">The host cannot be reached.</exception>
    public async Task<bool> DeleteProductAsync(string productId, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Delete, PathOf(productId), keys.Operator, null, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        await ThrowUnlessGoodAsync(answer, cancellationToken);
        return true;
    }

    private static string PathOf(string productId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(productId);
        return "v1/products/" + Uri.EscapeDataString(productId);
    }

    private async Task<TAnswer> AskAsync<TQuestion, TAnswer>(
        HttpMethod method, string path, string? key, TQuestion question, JsonTypeInfo<TQuestion> asked, JsonTypeInfo<TAnswer> answered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        using JsonContent content = JsonContent.Create(question, asked);
        using HttpResponseMessage answer = await SendAsync(method, path, key, content, cancellationToken);
        return await ReadAsync(answer, answered, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key, HttpContent? content, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        request.Headers.Add("X-Api-Key", key ?? throw new InvalidOperationException($"{method} /{path} needs a key that {nameof(AisleKeys)} does not have."));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await ThrowUnlessGoodAsync(answer, cancellationToken);
        return await answer.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException("Aisle answered null.");
    }

    private static async Task ThrowUnlessGoodAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }

        ProblemDocument? problem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await answer.Content.ReadFromJsonAsync(ClientJson.Default.ProblemDocument, cancellationToken)
            : null;
        throw new AisleException(answer.StatusCode, problem, answer.Headers.RetryAfter?.Delta);
    }
}
