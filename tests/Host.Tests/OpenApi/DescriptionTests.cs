using System.Text.Json;
using Aisle.Host.Serving;
using Aisle.Http;
using Aisle.Local.Workspaces;
using Aisle.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Aisle.Host.Tests.OpenApi;

/// <summary>The OpenAPI document says what the program does: no path more, none less, each with its role.</summary>
[Collection(ShopTests.Name)]
public sealed class DescriptionTests(ShopFixture shop)
{
    // Pub/Sub's own protocol, spoken by the platform alone.
    private static readonly string[] Undescribed = ["", "projects/{project}/topics/{topic}"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_is_valid_OpenAPI()
    {
        using HttpClient client = new();
        await using Stream served = await client.GetStreamAsync(new Uri(shop.Url, "/openapi.json"), Token);
        using MemoryStream bytes = new();
        await served.CopyToAsync(bytes, Token);
        bytes.Position = 0;

        (OpenApiDocument? document, OpenApiDiagnostic? diagnostic) = await OpenApiDocument.LoadAsync(bytes, "json", cancellationToken: Token);

        Assert.Empty(diagnostic!.Errors);
        Assert.Empty(diagnostic.Warnings);
        Assert.True(document!.Paths.Count > 20);
    }

    [Fact]
    public async Task Every_path_of_the_program_is_described_with_its_role_and_nothing_else_is()
    {
        ServedDocument document = await ServedDocument.ReadAsync(shop.Url, Token);
        using TemporaryFolder folder = new();
        await using LocalShop inner = LocalShop.Open(Workspace.TryOpen(folder.Path)!);
        string[] routes = [.. inner.Services.GetServices<IEndpoint>().SelectMany(endpoint => endpoint.Routes.Routes)
            .Where(route => !Undescribed.Contains(route.Template))
            .Select(route => $"{route.Method} /{route.Template} {RoleOf(route.Role)}").Distinct().Order(StringComparer.Ordinal)];

        string[] described = [.. document.Paths.SelectMany(path => path.Value!.AsObject()
            .Where(operation => operation.Key != "parameters")
            .Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key} "
                + $"{operation.Value!["security"]!.AsArray().FirstOrDefault()?.AsObject().First().Key ?? "none"}"))
            .Order(StringComparer.Ordinal)];

        Assert.Equal(routes, described);
    }

    [Theory]
    [InlineData("docs/api.md")]
    [InlineData("README.md")]
    public async Task Answers_to_every_documented_example_are_as_described_to_the_last_field(string page)
    {
        ServedDocument document = await ServedDocument.ReadAsync(shop.Url, Token);
        List<string> faults = [];
        int checkedAnswers = 0;
        foreach (DocumentedAnswer answer in await shop.AnswersOfAsync(page, Token))
        {
            if (answer.ContentType.Contains("json", StringComparison.Ordinal))
            {
                using JsonDocument body = JsonDocument.Parse(answer.Body);
                IReadOnlyList<string>? found = document.Check(answer.Method, answer.Path, answer.Status, body.RootElement);
                faults.AddRange((found ?? []).Select(fault => $"{answer.Example.Command}: {fault}"));
                checkedAnswers++;
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(checkedAnswers > 0, page);
    }

    private static string RoleOf(ApiRole role) => role.ToString().ToLowerInvariant();
}
