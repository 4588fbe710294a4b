using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using Aisle.Host.Serving;
using Aisle.Local.Workspaces;
using Aisle.Testing;

namespace Aisle.Browser.Tests;

/// <summary>The file that the host serves is what the source gives, and small.</summary>
public sealed class MinifiedScriptTests
{
    private const int Most = 3_000;

    private static readonly string Source = Path.Combine(RepositoryRoot.Path, "clients", "browser");
    private static readonly string Work = Path.Combine(RepositoryRoot.Path, "artifacts", "browser");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_minified_script_is_under_3000_bytes() => Assert.InRange(new FileInfo(Path.Combine(Source, "aisle.min.js")).Length, 1, Most - 1);

    [Fact]
    public async Task The_minified_script_is_what_the_source_gives_and_its_types_hold()
    {
        Directory.CreateDirectory(Work);
        foreach (string name in new[] { "aisle.js", "aisle.d.ts", "package.json", "tsconfig.json" })
        {
            File.Copy(Path.Combine(Source, name), Path.Combine(Work, name), overwrite: true);
        }

        if (!Directory.Exists(Path.Combine(Work, "node_modules", "typescript")) && await NpmAsync("install", "--no-package-lock", "--no-audit", "--no-fund") is { } missing)
        {
            Assert.Skip($"esbuild and TypeScript cannot be fetched: {missing} Install Node 18 or newer and let npm reach its registry, as .ci/run does.");
        }

        Assert.Null(await NpmAsync("run", "build"));
        Assert.Null(await NpmAsync("run", "check"));
        Assert.True(
            await File.ReadAllTextAsync(Path.Combine(Work, "aisle.min.js"), Token) == await File.ReadAllTextAsync(Path.Combine(Source, "aisle.min.js"), Token),
            "clients/browser/aisle.min.js is not what aisle.js gives: run npm install && npm run build in clients/browser.");
    }

    [Fact]
    public async Task The_host_serves_it_to_anybody_and_lets_it_be_kept_for_an_hour()
    {
        using TemporaryFolder folder = new();
        await using LocalShop shop = LocalShop.Open(Workspace.TryOpen(folder.Path)!, new ListenAddress(IPAddress.Loopback, 0));
        using HttpClient client = new() { BaseAddress = new Uri(await shop.ListenAsync(Token)) };

        using HttpResponseMessage first = await client.GetAsync("/aisle.js", Token);
        using HttpRequestMessage again = new(HttpMethod.Get, "/aisle.js");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage second = await client.SendAsync(again, Token);

        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Source, "aisle.min.js"), Token), await first.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("text/javascript", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TimeSpan.FromHours(1), first.Headers.CacheControl?.MaxAge);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    /// <summary>Runs npm in the work folder.</summary>
    /// <returns>Null when it went well, else what it said.</returns>
    private static async Task<string?> NpmAsync(params string[] arguments)
    {
        try
        {
            using Process npm = Process.Start(new ProcessStartInfo("npm", arguments) { WorkingDirectory = Work, RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = npm.StandardError.ReadToEndAsync(Token);
            string output = await npm.StandardOutput.ReadToEndAsync(Token);
            await npm.WaitForExitAsync(Token);
            return npm.ExitCode == 0 ? null : $"npm {string.Join(' ', arguments)}: {output} {await errors}";
        }
        catch (Win32Exception)
        {
            return "there is no npm.";
        }
    }
}
