using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Exporting;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Slates;

/// <summary><c>export recommendations</c>: slates of many shoppers into a file, for e-mail and push.</summary>
internal sealed class ExportCommand(CommonOptions common, Screen screen)
{
    private const int AtOnce = 200;

    private readonly Option<string> _surface = new("--surface") { Description = "The shelf.", DefaultValueFactory = _ => "home" };
    private readonly Option<int> _k = new("--k") { Description = "How many products each shopper gets.", DefaultValueFactory = _ => 10 };
    private readonly Option<string> _format = new("--format") { Description = "csv, jsonl or parquet.", DefaultValueFactory = _ => "csv" };
    private readonly Option<string?> _out = new("--out")
    {
        Description = "The file; recommendations.FORMAT by default. An export that "
            + "broke off goes on where it stopped."
    };
    private readonly Option<string?> _users = new("--users")
    {
        Description = "A file with the shop's own user ids, one a line. Without it "
            + "all known shoppers, by pseudonym."
    };

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        _format.AcceptOnlyFromAmong("csv", "jsonl", "parquet");
        Command recommendations = new("recommendations", "Write the slates of many shoppers into a file, by the same filters and rules as online.") { _surface, _k, _format, _out, _users };
        recommendations.SetAction(RunAsync);
        Command command = new("export", "Write data of the shop into files.");
        command.Subcommands.Add(recommendations);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string format = parsed.GetRequiredValue(_format);
        string path = Path.GetFullPath(parsed.GetValue(_out) ?? $"recommendations.{format}");
        string? users = parsed.GetValue(_users);
        if (users is not null && !File.Exists(users))
        {
            throw new UsageException("--users", $"there is no file {users}", "Name a file with a user id on each line.");
        }

        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        using ExportFile file = ExportFile.Begin(path, format, $"{parsed.GetValue(_surface)} {parsed.GetValue(_k)} {users}");
        if (file.Progress.After is { } after)
        {
            screen.Line($"Going on after {file.Progress.Users} shoppers ({after}).");
        }

        await (users is null ? KnownAsync(parsed, shop, file, cancellationToken) : NamedAsync(parsed, users, shop, file, cancellationToken));
        file.Finish();
        screen.Line($"{file.Progress.Rows} rows for {file.Progress.Users - file.Progress.LeftOutUsers} shoppers are in {path}; "
            + $"{file.Progress.LeftOutUsers} were left out, see {file.LeftOut}.");
        foreach ((string reason, long count) in file.Progress.LeftOut.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            screen.Line($"  {count}: {reason}");
        }

        return 0;
    }

    private async Task KnownAsync(ParseResult parsed, ShopConnection shop, ExportFile file, CancellationToken cancellationToken)
    {
        while (true)
        {
            using JsonDocument batch = await AskAsync(parsed, shop, json => json.WriteString("after", file.Progress.After), cancellationToken);
            if (batch.RootElement.GetProperty("users").GetInt32() == 0)
            {
                return;
            }

            await file.AddAsync(batch.RootElement, batch.RootElement.GetProperty("last_user").GetString()!, cancellationToken);
        }
    }

    private async Task NamedAsync(ParseResult parsed, string users, ShopConnection shop, ExportFile file, CancellationToken cancellationToken)
    {
        IEnumerable<string> names = File.ReadLines(users).Select(line => line.Trim()).Where(line => line.Length > 0);
        foreach (string[] some in names.Skip((int)file.Progress.Users).Chunk(AtOnce))
        {
            using JsonDocument batch = await AskAsync(parsed, shop, json => Write(json, some), cancellationToken);
            await file.AddAsync(batch.RootElement, some[^1], cancellationToken);
        }
    }

    private static void Write(Utf8JsonWriter json, string[] names)
    {
        json.WriteStartArray("users");
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private Task<JsonDocument> AskAsync(ParseResult parsed, ShopConnection shop, Action<Utf8JsonWriter> who, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("surface", parsed.GetValue(_surface));
            json.WriteNumber("k", parsed.GetValue(_k));
            who(json);
            json.WriteEndObject();
        }

        return shop.AskAsync(HttpMethod.Post, "v1/exports/recommendations", System.Text.Encoding.UTF8.GetString(body.ToArray()), cancellationToken);
    }
}
