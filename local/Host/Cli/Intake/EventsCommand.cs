using System.CommandLine;
using System.Text.Json;
using Aisle.Host.Output;

namespace Aisle.Host.Cli.Intake;

/// <summary><c>events dead-letter list|retry|drop</c>: what the event function could not process.</summary>
internal sealed class EventsCommand(CommonOptions common, Screen screen)
{
    /// <summary>The command with its subcommands.</summary>
    public Command Build() => new("events", "Look after the events on their way.")
    {
        new Command("dead-letter", "Messages that could not be processed, kept with their bytes and the reason.") { List(), Retry(), Drop() },
    };

    private Command List()
    {
        Option<int> limit = new("--limit") { Description = "How many at most.", DefaultValueFactory = _ => 50 };
        Option<bool> asJson = new("--json") { Description = "Show the whole messages as JSON." };
        Command command = new("list", "List them, oldest first.") { limit, asJson };
        command.SetAction(async (parsed, token) =>
        {
            await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), token);
            using JsonDocument answer = await shop.AskAsync(HttpMethod.Get, $"v1/dead-letters?limit={parsed.GetValue(limit)}", null, token);
            Show(answer.RootElement, parsed.GetValue(asJson));
            return 0;
        });
        return command;
    }

    private void Show(JsonElement answer, bool asJson)
    {
        JsonElement letters = answer.GetProperty("dead_letters");
        if (asJson)
        {
            screen.Out.WriteLine(letters.GetRawText());
        }
        else if (letters.GetArrayLength() == 0)
        {
            screen.Line("There are no dead letters.");
        }

        foreach (JsonElement letter in asJson ? [] : letters.EnumerateArray())
        {
            screen.Line($"{letter.GetProperty("message_id").GetString()}  {letter.GetProperty("parked_at").GetString()}  "
                + $"{letter.GetProperty("reason").GetString()}");
        }
    }

    private Command Retry() => Change("retry", "Put them back into the queue, as if they had just come.", "retried", "put back");

    private Command Drop() => Change("drop", "Throw them away, for good.", "dropped", "thrown away");

    private Command Change(string name, string description, string answered, string done)
    {
        Argument<string[]> ids = new("ids") { Description = "The message ids of the list.", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> all = new("--all") { Description = "All of them." };
        Command command = new(name, description) { ids, all };
        command.SetAction(async (parsed, token) =>
        {
            string[] chosen = parsed.GetValue(ids) ?? [];
            if (parsed.GetValue(all) == chosen.Length > 0)
            {
                throw new UsageException("ids", "name messages, or all of them, not both and not neither", $"Use aisle events dead-letter "
                    + $"{name} ID… or --all.");
            }

            string body = chosen.Length == 0 ? """{"all":true}""" : JsonSerializer.Serialize(new Dictionary<string, string[]> { ["message_ids"] = chosen });
            await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), token);
            using JsonDocument answer = await shop.AskAsync(HttpMethod.Post, $"v1/dead-letters/{name}", body, token);
            int count = answer.RootElement.GetProperty(answered).GetInt32();
            screen.Line($"{count} {(count == 1 ? "message was" : "messages were")} {done}.");
            return 0;
        });
        return command;
    }
}
