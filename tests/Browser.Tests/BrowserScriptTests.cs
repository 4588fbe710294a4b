using System.Text.Json;
using Aisle.Testing;
using Microsoft.Playwright;

namespace Aisle.Browser.Tests;

/// <summary>The script in a real browser against the real host; what counts is what the warehouse holds in the end.</summary>
public sealed class BrowserScriptTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Slate =
        """
        <div data-slate="slate-1"><a data-product="p1" data-position="1" href="#p1">One</a><div style="height:4000px"></div><a data-product="p2" data-position="2" href="#p2">Two</a></div>
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_is_seen_with_its_type_and_load_time_and_what_is_in_view_is_an_impression()
    {
        await using Visit visit = await Visit.BeginAsync(fixture, Slate, "", Token);

        IReadOnlyList<StoredEvent> first = await visit.UntilAsync(events => events.Count >= 2);
        await visit.Page.Locator("[data-product=p2]").ScrollIntoViewIfNeededAsync();
        IReadOnlyList<StoredEvent> scrolled = await visit.UntilAsync(events => events.Count >= 3);

        StoredEvent page = Assert.Single(first, stored => stored.EventType == "page_view");
        Assert.Equal(("home", "desktop"), (page.PageType, page.DeviceType));
        Assert.InRange(page.PageLoadMs!.Value, 1, 60_000);
        Assert.Equal([("p1", "slate-1", 1L)], first.Where(stored => stored.EventType == "impression").Select(Shown));
        Assert.Equal([("p1", "slate-1", 1L), ("p2", "slate-1", 2L)], scrolled.Where(stored => stored.EventType == "impression").Select(Shown));
        Assert.Single(scrolled.Select(stored => stored.SessionId).Distinct());
    }

    [Fact]
    public async Task The_slate_that_was_clicked_goes_with_the_product_to_its_purchase_and_an_order_counts_once()
    {
        await using Visit visit = await Visit.BeginAsync(fixture, Slate, "", Token);
        const string Order = "aisle('purchase', {order_id:'o-1', currency:'EUR', lines:[{product_id:'p1', unit_price:12.5, quantity:2}, "
            + "{product_id:'p9', unit_price:1}]})";

        await visit.Page.Locator("[data-product=p1]").ClickAsync();
        await visit.Page.EvaluateAsync("aisle('view', {product_id:'p1'}); aisle('add_to_cart', {product_id:'p1', quantity:2});" + Order + ";" + Order);
        IReadOnlyList<StoredEvent> events = await visit.UntilAsync(found => found.Count(stored => stored.EventType == "purchase") >= 2 && found.Any(stored => stored.EventType == "impression"));

        Assert.All(events.Where(stored => stored.ProductId == "p1"), stored => Assert.Equal(("slate-1", 1L), (stored.SlateId, stored.Position)));
        Assert.Equal(["add_to_cart", "click", "impression", "purchase", "view"], events.Where(stored => stored.ProductId == "p1").Select(stored => stored.EventType).Order());
        Assert.Equal([2500L, 100L], events.Where(stored => stored.EventType == "purchase").OrderBy(stored => stored.ProductId).Select(stored => stored.RevenueMinor!.Value));
        Assert.Null(Assert.Single(events, stored => stored.ProductId == "p9").SlateId);
    }

    [Fact]
    public async Task What_happens_without_a_connection_waits_and_arrives_once_when_it_is_back()
    {
        await using Visit visit = await Visit.BeginAsync(fixture, "", "", Token);
        await visit.UntilAsync(events => events.Count == 1);

        await visit.Context.SetOfflineAsync(true);
        await visit.Page.EvaluateAsync("for (let i = 0; i < 200; i++) aisle('view', {product_id:'p' + i})");
        await Task.Delay(1500, Token);
        Assert.Equal(200, await visit.WaitingAsync());
        await visit.Context.SetOfflineAsync(false);

        Assert.Equal(201, (await visit.UntilAsync(events => events.Count >= 201)).Count);
        await visit.UntilEmptyAsync();
        Assert.Equal(201, visit.Stored().Count);
    }

    [Fact]
    public async Task A_collector_that_fails_is_asked_again_later_and_later_until_it_answers()
    {
        await using Visit visit = await Visit.BeginAsync(fixture, "", "", Token, failures: 2);

        Assert.Single(await visit.UntilAsync(events => events.Count == 1));
        await visit.UntilEmptyAsync();
        Assert.InRange(visit.Requests.Count(request => request.Contains("/v1/events", StringComparison.Ordinal)), 3, 6);
    }

    [Fact]
    public async Task Leaving_the_page_at_once_loses_nothing()
    {
        await using Visit visit = await Visit.BeginAsync(fixture, "", "", Token);

        await visit.Page.EvaluateAsync("aisle('add_to_cart', {product_id:'p1'})");
        await visit.Page.GotoAsync("about:blank");

        Assert.Contains("add_to_cart", (await visit.UntilAsync(events => events.Any(stored => stored.EventType == "add_to_cart"))).Select(stored => stored.EventType));
    }

    [Fact]
    public async Task Thirty_idle_minutes_end_a_visit_and_the_visitor_stays_the_same()
    {
        await using Visit visit = await Visit.BeginAsync(fixture, "", "", Token);

        await visit.Page.EvaluateAsync("aisle('view', {product_id:'a'})");
        await visit.Page.EvaluateAsync("{ const v = JSON.parse(localStorage['aisle.visit']); v.at -= 29 * 60000; "
            + "localStorage['aisle.visit'] = JSON.stringify(v); aisle('view', {product_id:'b'}) }");
        await visit.Page.EvaluateAsync("{ const v = JSON.parse(localStorage['aisle.visit']); v.at -= 30 * 60000; "
            + "localStorage['aisle.visit'] = JSON.stringify(v); aisle('view', {product_id:'c'}) }");
        IReadOnlyList<StoredEvent> views = [.. (await visit.UntilAsync(events => events.Count(stored => stored.EventType == "view") == 3)).Where(stored => stored.EventType == "view").OrderBy(stored => stored.ProductId)];

        Assert.Equal(views[0].SessionId, views[1].SessionId);
        Assert.NotEqual(views[1].SessionId, views[2].SessionId);
        Assert.Single(views.Select(view => view.UserId).Distinct());
    }

    [Fact]
    public async Task After_login_events_are_the_users_and_the_variant_stays_the_visitors()
    {
        await using Visit visit = await Visit.BeginAsync(fixture, "", "", Token);
        IReadOnlyList<StoredEvent> before = await visit.UntilAsync(events => events.Count == 1);

        await visit.Page.EvaluateAsync("aisle('user', 'customer-7'); aisle('view', {product_id:'p1'})");
        IReadOnlyList<StoredEvent> after = await visit.UntilAsync(events => events.Any(stored => stored.EventType == "view"));

        StoredEvent view = Assert.Single(after, stored => stored.EventType == "view");
        Assert.NotEqual(before[0].UserId, view.UserId);
        Assert.Equal(before[0].UserId, view.AssignmentId);
        Assert.Contains(visit.Requests, request => request.Contains("/v1/identities", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Before_consent_nothing_is_stored_or_sent_and_afterwards_nothing_is_missing()
    {
        await using Visit visit = await Visit.BeginAsync(fixture, Slate, "data-wait", Token);

        await visit.Page.EvaluateAsync("aisle('view', {product_id:'p1'})");
        await Task.Delay(1500, Token);
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("localStorage.length"));
        Assert.DoesNotContain(visit.Requests, request => request.Contains("/v1/", StringComparison.Ordinal));
        await visit.Page.EvaluateAsync("aisle('start')");

        Assert.Contains("view", (await visit.UntilAsync(events => events.Any(stored => stored.EventType == "view"))).Select(stored => stored.EventType));
    }

    [Fact]
    public async Task A_browser_that_stores_nothing_still_sends()
    {
        await using Visit visit = await Visit.BeginAsync(fixture, "", "", Token, init: "Object.defineProperty(window, 'localStorage', { "
            + "get() { throw new Error('denied'); } });");

        await visit.Page.EvaluateAsync("aisle('user', 'no-storage-visitor'); aisle('view', {product_id:'p1'})");

        Assert.Contains("view", (await StoredEvents.UntilAsync(fixture.Shop, "no-storage-visitor", events => events.Any(stored => stored.EventType == "view"), Token)).Select(stored => stored.EventType));
    }

    [Fact]
    public async Task Fields_that_the_contract_does_not_have_are_left_out_and_the_purchase_arrives()
    {
        await using Visit visit = await Visit.BeginAsync(fixture, "", "", Token);

        await visit.Page.EvaluateAsync("const loop = {}; loop.loop = loop; aisle('purchase', {order_id:'o-2', currency:'EUR', coupon:'TEN', customer:loop, "
            + "lines:[{product_id:'p1', unit_price:12.5, quantity:2, name:'Bench', tax:1}]})");
        StoredEvent purchase = Assert.Single(await visit.UntilAsync(events => events.Any(stored => stored.EventType == "purchase")), stored => stored.EventType == "purchase");

        Assert.Equal(("o-2", "p1", 2L, 2500L), (purchase.OrderId, purchase.ProductId, purchase.Quantity, purchase.RevenueMinor));
    }

    [Fact]
    public async Task Every_field_of_the_contract_is_sent()
    {
        await using Visit visit = await Visit.BeginAsync(fixture, "", "", Token);
        string[] contract = [.. await ContractAsync()];

        await visit.Context.SetOfflineAsync(true);
        await visit.Page.EvaluateAsync("names => aisle('view', Object.fromEntries([...names, 'coupon'].map(name => [name, name])))", contract);
        string[] sent = await visit.Page.EvaluateAsync<string[]>("Object.keys(JSON.parse(localStorage['aisle.queue']).pop())");

        Assert.Equal(contract.Order(), sent.Order());
    }

    [Fact]
    public async Task What_the_collector_refuses_is_told_in_the_console_and_not_sent_again()
    {
        await using Visit visit = await Visit.BeginAsync(fixture, "", "", Token);
        await visit.UntilEmptyAsync();
        List<IConsoleMessage> warnings = [];
        visit.Page.Console += (_, message) => warnings.Add(message);

        await visit.Page.EvaluateAsync("aisle('view', {product_id:'p1'}); aisle('view', {prodct_id:'p2'})");
        await visit.UntilEmptyAsync();
        int requests = visit.Requests.Count;
        await visit.Page.EvaluateAsync("dispatchEvent(new Event('online'))");
        await Task.Delay(1000, Token);

        IConsoleMessage warning = Assert.Single(warnings);
        Assert.Equal("warning", warning.Type);
        Assert.Equal("aisle: rejected", await warning.Args[0].JsonValueAsync<string>());
        Assert.Equal("view", (await warning.Args[1].JsonValueAsync<JsonElement>()).GetProperty("event_type").GetString());
        Assert.Equal("product_id", Assert.Single((await warning.Args[2].JsonValueAsync<JsonElement>()).EnumerateArray()).GetProperty("field").GetString());
        Assert.Equal(requests, visit.Requests.Count);
        Assert.Equal(["p1"], visit.Stored().Where(stored => stored.EventType == "view").Select(stored => stored.ProductId));
    }

    [Fact]
    public async Task A_disk_that_is_full_keeps_nothing_from_being_sent_and_nothing_is_sent_for_ever()
    {
        await using Visit visit = await Visit.BeginAsync(fixture, "", "", Token, init: "Object.defineProperty(window, 'localStorage', { value: new Proxy({ "
            + "'aisle.visit': '{\"visitor\":\"full-disk-visitor\"}', 'aisle.queue': '[]' }, { set() { throw new Error('full'); } }) });");

        await visit.Page.EvaluateAsync("aisle('view', {product_id:'p1'})");
        IReadOnlyList<StoredEvent> events = await StoredEvents.UntilAsync(fixture.Shop, "full-disk-visitor", found => found.Count >= 2, Token);
        await Task.Delay(1500, Token);
        int requests = visit.Requests.Count;
        await Task.Delay(1500, Token);

        Assert.Equal(["page_view", "view"], events.Select(stored => stored.EventType).Order());
        Assert.Equal(requests, visit.Requests.Count);
    }

    /// <summary>The fields of an event, from the contract.</summary>
    private static async Task<IEnumerable<string>> ContractAsync()
    {
        await using FileStream file = File.OpenRead(Path.Combine(RepositoryRoot.Path, "functions", "IngestEvent", "openapi.json"));
        using JsonDocument contract = await JsonDocument.ParseAsync(file, cancellationToken: Token);
        return [.. contract.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("Event").GetProperty("properties").EnumerateObject().Select(field => field.Name)];
    }

    private static (string?, string?, long?) Shown(StoredEvent stored) => (stored.ProductId, stored.SlateId, stored.Position);
}
