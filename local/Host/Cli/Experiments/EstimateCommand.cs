using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Experiments;

/// <summary><c>experiments estimate</c>: what a policy that never ran would have earned, from the slates that were shown.</summary>
internal sealed class EstimateCommand(CommonOptions common, Screen screen)
{
    private const string Header = "position,product_id,probability";

    private readonly Option<double?> _exploration = new("--exploration")
    {
        Description = "What multiplies the chance of each explored "
            + "product: 0 explores nothing, 2 twice as much."
    };
    private readonly Option<FileInfo?> _policy = new("--policy") { Description = $"A CSV file with the columns {Header}; those of a position add up to 1." };
    private readonly Option<string> _surface = new("--surface") { Description = "The shelf whose slates count.", DefaultValueFactory = _ => "home" };
    private readonly Option<string?> _variant = new("--variant") { Description = "Only slates made under this experiment=variant count; all by default." };
    private readonly Option<string?> _from = new("--from") { Description = "The first instant of the log that counts; 28 days ago by default." };
    private readonly Option<string?> _to = new("--to") { Description = "The first that does not any more; now by default." };

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        Command command = new("estimate", "Estimate what a proposed policy would have earned; refuse where the log cannot know.") { _exploration, _policy, _surface, _variant, _from, _to };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string body = Body(parsed);
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        using JsonDocument answer = await shop.AskAsync(HttpMethod.Post, "v1/estimates", body, cancellationToken);
        JsonText.Show(screen, answer.RootElement);
        return 0;
    }

    private string Body(ParseResult parsed)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("surface", parsed.GetRequiredValue(_surface));
            Write(json, "variant", parsed.GetValue(_variant));
            Write(json, "from", parsed.GetValue(_from));
            Write(json, "to", parsed.GetValue(_to));
            if (parsed.GetValue(_exploration) is { } factor)
            {
                json.WriteNumber("exploration", double.IsFinite(factor) ? factor : -1);
            }

            if (parsed.GetValue(_policy) is { } file)
            {
                WriteTable(json, file);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(body.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteTable(Utf8JsonWriter json, FileInfo file)
    {
        if (!file.Exists)
        {
            throw new UsageException("--policy", $"there is no file {file.FullName}", $"Name a CSV file with the columns {Header}.");
        }

        string[] lines = File.ReadAllLines(file.FullName);
        if (lines.Length == 0 || lines[0].Trim() != Header)
        {
            throw new UsageException("--policy", "the first line is not its header", $"Begin the file with {Header}.");
        }

        json.WriteStartArray("policy");
        foreach ((int number, string line) in lines.Index().Skip(1).Where(line => line.Item.Trim().Length > 0))
        {
            string[] cells = line.Split(',');
            if (cells.Length != 3 || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out int position)
                || !double.TryParse(cells[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double probability) || !double.IsFinite(probability))
            {
                throw new UsageException("--policy", $"line {number + 1} is no position, product and probability", "Write lines such as 1,P00042,0.25");
            }

            json.WriteStartObject();
            json.WriteNumber("position", position);
            json.WriteString("product_id", cells[1].Trim());
            json.WriteNumber("probability", probability);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
