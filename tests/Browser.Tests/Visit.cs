using Microsoft.Playwright;

namespace Aisle.Browser.Tests;

/// <summary>A visitor on the shop's page, with a browser profile of its own.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly BrowserFixture _fixture;
    private readonly ShopPage _site;
    private readonly CancellationToken _token;
    private string? _visitor;

    private Visit(BrowserFixture fixture, ShopPage site, IBrowserContext context, IPage page, CancellationToken token)
    {
        _fixture = fixture;
        _site = site;
        Context = context;
        Page = page;
        _token = token;
    }

    /// <summary>The browser profile.</summary>
    public IBrowserContext Context { get; }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>The addresses that the page asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Opens the page.</summary>
    /// <param name="fixture">Host and browser.</param>
    /// <param name="body">The page's body.</param>
    /// <param name="attributes">Further attributes of the script's element.</param>
    /// <param name="token">Gives up.</param>
    /// <param name="failures">How often the collector answers 503 before it works.</param>
    /// <param name="init">Runs before everything else on the page.</param>
    public static async Task<Visit> BeginAsync(
        BrowserFixture fixture, string body, string attributes, CancellationToken token, int failures = 0, string init = "")
    {
        IBrowserContext context = await fixture.NewVisitorAsync(token);
        ShopPage site = await ShopPage.OpenAsync(fixture.Url, fixture.Key, token);
        site.Body = body;
        site.ScriptAttributes = attributes;
        Visit visit = new(fixture, site, context, await context.NewPageAsync(), token);
        visit.Page.Request += (_, request) => visit.Requests.Add(request.Url);
        await (init.Length == 0 ? Task.CompletedTask : visit.Page.AddInitScriptAsync(init));
        if (failures > 0)
        {
            await visit.FailAsync(failures);
        }

        await visit.Page.GotoAsync(site.Url);
        if (init.Length == 0 && attributes.Length == 0)
        {
            await visit.KnowVisitorAsync();
        }

        return visit;
    }

    /// <summary>What of the visitor's doings is in the warehouse.</summary>
    public IReadOnlyList<StoredEvent> Stored() => StoredEvents.Of(_fixture.Shop, _visitor!);

    /// <summary>Waits until the warehouse holds what is expected.</summary>
    public async Task<IReadOnlyList<StoredEvent>> UntilAsync(Func<IReadOnlyList<StoredEvent>, bool> holds)
    {
        await (_visitor is null ? KnowVisitorAsync() : Task.CompletedTask);
        return await StoredEvents.UntilAsync(_fixture.Shop, _visitor!, holds, _token);
    }

    /// <summary>How many events wait in the buffer.</summary>
    public Task<int> WaitingAsync() => Page.EvaluateAsync<int>("JSON.parse(localStorage['aisle.queue'] || '[]').length");

    /// <summary>Waits until the buffer is empty.</summary>
    public Task UntilEmptyAsync() => Page.WaitForFunctionAsync("localStorage['aisle.queue'] == '[]'");

    public async ValueTask DisposeAsync()
    {
        await Context.CloseAsync();
        await _site.DisposeAsync();
    }

    private async Task KnowVisitorAsync()
    {
        await Page.WaitForFunctionAsync("localStorage['aisle.visit']");
        _visitor = await Page.EvaluateAsync<string>("JSON.parse(localStorage['aisle.visit']).visitor");
    }

    private Task<IAsyncDisposable> FailAsync(int times) => Page.RouteAsync("**/v1/events*", route =>
        times-- > 0 ? route.FulfillAsync(new RouteFulfillOptions { Status = 503, Headers = [new("Access-Control-Allow-Origin", "*")] }) : route.ContinueAsync());
}
