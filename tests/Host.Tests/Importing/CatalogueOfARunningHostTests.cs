using System.Net;
using System.Text.Json;
using Aisle.Http;
using Aisle.Testing;

namespace Aisle.Host.Tests.Importing;

/// <summary>Catalogue and import of a shop that serves.</summary>
[Collection(ShopTests.Name)]
public sealed class CatalogueOfARunningHostTests(ShopFixture shop) : IDisposable
{
    // The promise is a second; the machine may be busy with other tests.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_price_and_an_empty_shelf_reach_the_next_slates_and_the_history()
    {
        (string id, decimal price, string currency) = await FirstShownAsync();

        await PatchAsync(id, $$"""{"price":{{price + 1}},"currency":"{{currency}}"}""");
        await UntilAsync(async () => (await ShownAsync(id))?.GetProperty("price").GetDecimal() == price + 1);
        await PatchAsync(id, """{"in_stock":false}""");
        await UntilAsync(async () => await ShownAsync(id) is null);
        await PatchAsync(id, $$"""{"in_stock":true,"price":{{price}},"currency":"{{currency}}"}""");
        await UntilAsync(async () => await ShownAsync(id) is not null);

        (_, _, JsonElement history) = await shop.AskAsync(ApiRole.Operator, HttpMethod.Get, $"/v1/products/{id}/prices", null, Token);
        Assert.Equal(
            [(price, true), (price + 1, true), (price + 1, false), (price, true)],
            history.GetProperty("prices").EnumerateArray().TakeLast(4).Select(change => (change.GetProperty("price").GetDecimal(), change.GetProperty("in_stock").GetBoolean())));
    }

    [Fact]
    public async Task An_import_beside_a_running_host_is_done_by_it_under_the_same_bar()
    {
        string file = Path.Combine(_folder.Path, "events.csv");
        await File.WriteAllTextAsync(file, "user_id,event_type,product_id,event_timestamp\nu1,view,P00001,2026-01-15T12:00:00Z\nu1,wish,P00001,2026-01-15T12:00:00Z\n", Token);

        CommandLine run = await CommandLine.RunAsync(Token, "import", "csv", file, "--dry-run", "--data", shop.Folder);

        Assert.Equal("", run.Error);
        Assert.Contains("100 %, 2 rows", run.Output, StringComparison.Ordinal);
        Assert.Contains("1  view", run.Output, StringComparison.Ordinal);
        Assert.Contains("event_type cannot be used", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_host_cannot_import_is_said_as_without_it()
    {
        CommandLine run = await CommandLine.RunAsync(Token, "import", "csv", Path.Combine(_folder.Path, "none.csv"), "--data", shop.Folder);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("aisle: file: There is no file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_host_finds_wrong_on_its_way_is_said_as_without_it()
    {
        string file = Path.Combine(_folder.Path, "sales.csv");
        await File.WriteAllTextAsync(file, "kunde,artikel\nu1,P00001\n", Token);

        CommandLine run = await CommandLine.RunAsync(Token, "import", "csv", file, "--map", "product=nosuch", "--data", shop.Folder);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nosuch", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_import_at_once_is_a_conflict_and_after_the_first_it_may_go_on()
    {
        SlowBody first = new();
        Task<HttpStatusCode> slow = ImportAsync(first);
        await UntilAsync(async () =>
        {
            if (await Task.WhenAny(first.Begun, slow) == slow) // an import of before still held the lock
            {
                slow = ImportAsync(first = new SlowBody());
            }

            return first.Begun.IsCompleted;
        });

        Assert.Equal(HttpStatusCode.Conflict, await ImportAsync(new StringContent("{}")));

        first.End();
        Assert.Equal(HttpStatusCode.BadRequest, await slow);
        await UntilAsync(async () => await ImportAsync(new StringContent("{}")) == HttpStatusCode.BadRequest); // the lock goes after the answer
    }

    // The host asks for the body, as the header allows it to, when the import has its turn; one that is refused sends none.
    private async Task<HttpStatusCode> ImportAsync(HttpContent body)
    {
        using SocketsHttpHandler patient = new() { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan };
        using HttpClient client = new(patient) { BaseAddress = shop.Url };
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/imports") { Content = body };
        request.Headers.ExpectContinue = true;
        request.Headers.Add("X-Api-Key", shop.KeyOf(ApiRole.Operator));
        using HttpResponseMessage response = await client.SendAsync(request, Token);
        return response.StatusCode;
    }

    private async Task<(string Id, decimal Price, string Currency)> FirstShownAsync()
    {
        JsonElement first = (await SlateAsync())[0];
        return (first.GetProperty("product_id").GetString()!, first.GetProperty("price").GetDecimal(), first.GetProperty("currency").GetString()!);
    }

    private async Task<JsonElement?> ShownAsync(string id)
    {
        foreach (JsonElement item in await SlateAsync())
        {
            if (item.GetProperty("product_id").GetString() == id)
            {
                return item;
            }
        }

        return null;
    }

    private async Task<JsonElement[]> SlateAsync()
    {
        (int status, _, JsonElement slate) = await shop.AskAsync(ApiRole.Storefront, HttpMethod.Get, "/v1/recommendations?surface=trending&limit=100", null, Token);
        Assert.Equal(200, status);
        return [.. slate.GetProperty("items").EnumerateArray()];
    }

    private async Task PatchAsync(string id, string change)
    {
        (int status, _, _) = await shop.AskAsync(ApiRole.Operator, HttpMethod.Patch, $"/v1/products/{id}", change, Token);
        Assert.Equal(200, status);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        while (!await holds())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
