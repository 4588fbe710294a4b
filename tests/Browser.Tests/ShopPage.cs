using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aisle.Browser.Tests;

/// <summary>A shop's own site, on another origin than the collector, as in life.</summary>
internal sealed class ShopPage : IAsyncDisposable
{
    private readonly WebApplication _site;

    private ShopPage(WebApplication site) => _site = site;

    /// <summary>Where the site is.</summary>
    public string Url => _site.Urls.First();

    /// <summary>What is in the body.</summary>
    public string Body { get; set; } = "";

    /// <summary>Further attributes of the script's element.</summary>
    public string ScriptAttributes { get; set; } = "";

    /// <summary>Opens the site.</summary>
    /// <param name="host">Where the script comes from and events go.</param>
    /// <param name="key">The collector's key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ShopPage> OpenAsync(string host, string key, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication site = builder.Build();
        ShopPage page = new(site);
        site.Run(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(
                $"<!doctype html><title>Shop</title><script src=\"{host}/aisle.js\" data-key=\"{key}\" data-page-type=\"home\" "
                + $"{page.ScriptAttributes} defer></script><body>{page.Body}",
                cancellationToken);
        });
        await site.StartAsync(cancellationToken);
        return page;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
