using Aisle.Events;
using Aisle.Experiments;
using Aisle.Host.State;
using Aisle.Http;
using Aisle.Numerics;
using Aisle.Ports;
using Aisle.Testing;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Aisle.Browser.Tests;

/// <summary>The report as people meet it: in light and dark, on a desk, a phone and paper, for those who see it and
/// those who have it read to them.</summary>
public sealed class ReportPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Full = "page-full";
    private const string Empty = "page-empty";
    private const int Paper = 718; // A4 without its margins, in CSS pixels

    private static readonly string[] Variants = ["control", "varied and long in name", "bold"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Full, ColorScheme.Light, 1280), InlineData(Full, ColorScheme.Dark, 1280), InlineData(Full, ColorScheme.Light, 360), InlineData(Full, ColorScheme.Dark, 360)]
    [InlineData(Empty, ColorScheme.Light, 1280), InlineData(Empty, ColorScheme.Dark, 360)]
    public async Task The_page_has_no_fault_that_axe_finds_and_its_body_never_scrolls_sideways(string experiment, ColorScheme scheme, int width)
    {
        await using IBrowserContext visitor = await fixture.NewVisitorAsync(Token);
        IPage page = await OpenAsync(visitor, experiment, scheme, width);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");

        AxeResult found = await page.RunAxe();

        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(
            fault => $"{fault.Id}: {fault.Help} at {string.Join(" | ", fault.Nodes.Take(3).Select(node => node.Html))}")));
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
        Assert.DoesNotContain("NaN", await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_paper_everything_is_open_and_nothing_is_cut_off()
    {
        await using IBrowserContext visitor = await fixture.NewVisitorAsync(Token);
        IPage page = await OpenAsync(visitor, Full, ColorScheme.Dark, Paper);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        string[] cut = await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('main *')].filter(part => part.getBoundingClientRect().right > innerWidth + 1).map(part => "
            + "part.outerHTML.slice(0, 120))");

        Assert.True(cut.Length == 0, string.Join('\n', cut.Take(5)));
        Assert.True(await page.GetByText("A visitor counts from the first exposure on").IsVisibleAsync());
        Assert.Equal(["avoid"], await page.EvaluateAsync<string[]>(
            "[...new Set([...document.querySelectorAll('tr, dl, .chart, .legend')].map(part => getComputedStyle(part.closest('section:has(> .chart)') ?? part).breakInside))]"));
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    private async Task<IPage> OpenAsync(IBrowserContext visitor, string experiment, ColorScheme scheme, int width)
    {
        await FillAsync();
        IPage page = await visitor.NewPageAsync();
        await page.SetViewportSizeAsync(width, 800);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await page.SetExtraHTTPHeadersAsync(new Dictionary<string, string>
        {
            ["X-Api-Key"] = KeyFile.LoadOrCreate(fixture.Shop.Workspace.Folder).KeyOf(ApiRole.Analyst),
        });
        IResponse? answer = await page.GotoAsync($"{fixture.Url}/v1/experiments/{experiment}/report?format=html");
        Assert.Equal(200, answer!.Status);
        return page;
    }

    private async Task FillAsync()
    {
        IExperimentStore experiments = fixture.Shop.Services.GetRequiredService<IExperimentStore>();
        DateTimeOffset from = fixture.Shop.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-15);
        await experiments.TryWriteAsync(Experiment(Empty, from), null, Token);
        if (!await experiments.TryWriteAsync(Experiment(Full, from), null, Token))
        {
            return;
        }

        SeededRandom random = new(5);
        List<Exposure> exposures = [];
        List<InteractionEvent> events = [];
        for (int i = 0; i < 900; i++)
        {
            UserId user = new($"reader-{i}");
            Variant variant = Assignment.VariantOf(Experiment(Full, from), new AssignmentId(user.Value))!;
            DateTimeOffset at = from.AddHours(1 + random.NextInt(300));
            exposures.Add(new Exposure(Full, new AssignmentId(user.Value), user, variant.Name, at));
            events.AddRange(Doings(user, i, at.AddMinutes(1), random));
        }

        await fixture.Shop.Services.GetRequiredService<IExposureLog>().AppendAsync(exposures, Token);
        await fixture.Shop.Services.GetRequiredService<IEventWarehouse>().AppendAsync(events, Token);
    }

    private static IEnumerable<InteractionEvent> Doings(UserId user, int number, DateTimeOffset at, SeededRandom random)
    {
        InteractionEvent any = Some.Event(user: user.Value) with { Session = new SessionId($"s{number}"), DeviceType = number % 3 == 0 ? "desktop" : "mobile", OccurredAt = at, IngestedAt = at };
        yield return any with { Id = new EventId($"load-{number}"), Type = EventType.PageView, Product = null, PageLoadMs = 200 + random.NextInt(3000) };
        for (int position = 1; position <= 5; position++)
        {
            yield return any with { Id = new EventId($"seen-{number}-{position}"), Type = EventType.Impression, Product = new ProductId($"p{random.NextInt(40)}"), Slate = new SlateId($"t{number}"), Position = position };
        }

        if (random.NextInt(3) == 0)
        {
            yield return any with { Id = new EventId($"click-{number}"), Type = EventType.Click, Slate = new SlateId($"t{number}"), Position = 1, OccurredAt = at.AddMinutes(1) };
        }

        if (random.NextInt(8) == 0)
        {
            yield return any with
            {
                Id = new EventId($"order-{number}"),
                Type = EventType.Purchase,
                OccurredAt = at.AddMinutes(3),
                Order = new OrderId($"o{number}"),
                Quantity = 1,
                UnitPriceMinor = 500,
                RevenueMinor = 500 + random.NextInt(20_000),
                Currency = "EUR",
            };
        }
    }

    private static Experiment Experiment(string key, DateTimeOffset from) => new()
    {
        Key = key,
        Salt = key,
        Variants = [.. Variants.Index().Select(variant => new Variant(variant.Item, 3_333 * variant.Index, variant.Index == 2 ? Assignment.Buckets : 3_333 * (variant.Index + 1), new Dictionary<string, string>()))],
        StartsAt = from,
        EndsAt = from.AddDays(28),
        State = ExperimentState.Running,
        Description = "More varied slates are clicked more often.",
    };
}
