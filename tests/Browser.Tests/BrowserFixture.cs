using System.Net;
using Aisle.Host.Serving;
using Aisle.Host.State;
using Aisle.Http;
using Aisle.Local.Workspaces;
using Aisle.Testing;
using Microsoft.Playwright;

namespace Aisle.Browser.Tests;

/// <summary>A real host on an empty shop and a real Chromium, once for all tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly TemporaryFolder _folder = new();
    private LocalShop? _shop;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where Chromium is; null when it is not installed.</summary>
    public static string? Chromium => Places.FirstOrDefault(File.Exists);

    /// <summary>Where the host serves.</summary>
    internal string Url { get; private set; } = "";

    /// <summary>The host.</summary>
    internal LocalShop Shop => _shop!;

    /// <summary>The key that stands in the shop's pages.</summary>
    internal string Key { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (Chromium is null)
        {
            return;
        }

        Workspace workspace = Workspace.TryOpen(_folder.Path)!;
        _shop = LocalShop.Open(workspace, new ListenAddress(IPAddress.Loopback, 0));
        Key = KeyFile.LoadOrCreate(_folder.Path).KeyOf(ApiRole.Collector);
        Url = await _shop.ListenAsync(CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu"],
        });
    }

    /// <summary>A visitor with a browser profile of its own.</summary>
    internal async Task<IBrowserContext> NewVisitorAsync(CancellationToken cancellationToken)
    {
        if (_browser is null)
        {
            Assert.Skip("There is no Chromium at " + string.Join(", ", Places) + "; apt-get install chromium (as .ci/run does) and run again.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await _browser.NewContextAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.CloseAsync() ?? Task.CompletedTask);
        _playwright?.Dispose();
        if (_shop is not null)
        {
            await _shop.DisposeAsync();
        }

        _folder.Dispose();
    }
}
