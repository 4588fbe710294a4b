using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aisle.Http;

namespace Aisle.Host.Tests;

/// <summary>One curl line of a page, and the JSON block that follows it, if one does.</summary>
/// <param name="Command">The line as it is written.</param>
/// <param name="Statuses">The statuses that the page promises: 200 and 202 unless a comment before the block says otherwise.</param>
/// <param name="Answer">What the page shows as the answer; null when it shows none.</param>
internal sealed partial record DocumentedExample(string Command, IReadOnlyList<int> Statuses, JsonElement? Answer)
{
    /// <summary>Reads a page of the repository.</summary>
    public static IReadOnlyList<DocumentedExample> ReadAll(string page)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Aisle.slnx")))
        {
            folder = folder.Parent;
        }

        string text = File.ReadAllText(Path.Combine(folder!.FullName, page));
        return [.. Block().Matches(text).Select(Read)];
    }

    /// <summary>Sends the request that the line describes.</summary>
    public async Task<DocumentedAnswer> SendAsync(ShopFixture shop, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(shop, await shop.NowAsync(cancellationToken));
        using HttpClient client = new();
        using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
        return new DocumentedAnswer(
            this, request.Method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private HttpRequestMessage Request(ShopFixture shop, string now)
    {
        string[] words = [.. Words(Filled(Command, shop, now))];
        HttpRequestMessage request = new(HttpMethod.Get, "");
        string? contentType = null;
        for (int i = 1; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "-X":
                    request.Method = new HttpMethod(words[++i]);
                    break;
                case "-H":
                    string[] header = words[++i].Split(": ", 2);
                    contentType = header[0] == "Content-Type" ? header[1] : contentType;
                    request.Headers.TryAddWithoutValidation(header[0], header[1]);
                    break;
                case "-d":
                    request.Method = request.Method == HttpMethod.Get ? HttpMethod.Post : request.Method;
                    request.Content = new StringContent(words[++i], Encoding.UTF8, contentType ?? "application/x-www-form-urlencoded");
                    break;
                default:
                    request.RequestUri = new Uri(words[i]);
                    break;
            }
        }

        return request;
    }

    private static DocumentedExample Read(Match block)
    {
        int[] statuses = block.Groups["status"].Success
            ? [.. Number().Matches(block.Groups["status"].Value).Select(number => int.Parse(number.Value, null))]
            : [200, 202];
        return new DocumentedExample(
            block.Groups["curl"].Value.Trim(), statuses,
            block.Groups["json"].Success ? JsonDocument.Parse(block.Groups["json"].Value).RootElement.Clone() : null);
    }

    private static string Filled(string command, ShopFixture shop, string now) => command
        .Replace("'$NOW'", now, StringComparison.Ordinal)
        .Replace("$AISLE", shop.Url.ToString().TrimEnd('/'), StringComparison.Ordinal)
        .Replace("$COLLECTOR_KEY", shop.KeyOf(ApiRole.Collector), StringComparison.Ordinal)
        .Replace("$STOREFRONT_KEY", shop.KeyOf(ApiRole.Storefront), StringComparison.Ordinal)
        .Replace("$ANALYST_KEY", shop.KeyOf(ApiRole.Analyst), StringComparison.Ordinal)
        .Replace("$OPERATOR_KEY", shop.KeyOf(ApiRole.Operator), StringComparison.Ordinal);

    // A shell's words: quoted in either way, or plain.
    private static IEnumerable<string> Words(string line) =>
        Word().Matches(line).Select(word => word.Value is ['\'' or '"', ..] ? word.Value[1..^1] : word.Value);

    [GeneratedRegex("(<!-- answers (?<status>[^>]*)-->\\s*)?```sh\\s+(?<curl>curl[^`]*)```(\\s+```json\\s+(?<json>[^`]*)```)?")]
    private static partial Regex Block();

    [GeneratedRegex("[0-9]{3}")]
    private static partial Regex Number();

    [GeneratedRegex("'[^']*'|\"[^\"]*\"|[^\\s]+")]
    private static partial Regex Word();
}
