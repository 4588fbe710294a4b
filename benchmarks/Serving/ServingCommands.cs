using System.CommandLine;

namespace Aisle.Benchmarks.Serving;

/// <summary>The benchmarks of the running program.</summary>
internal static class ServingCommands
{
    /// <summary>Adds <c>start</c>, <c>serve</c>, <c>serve-retraining</c> and the endpoint that <c>serve</c> compares with.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Subcommands.Add(Start());
        root.Subcommands.Add(Serve());
        root.Subcommands.Add(ServeRetraining());
        root.Subcommands.Add(Slate());
        root.Subcommands.Add(Scores());
        root.Subcommands.Add(Empty());
        root.Subcommands.Add(Redis());
    }

    private static Option<string> Data() => new("--data")
    {
        Description = "The state folder; an empty one becomes a demo shop first.",
        DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "aisle-benchmark"),
    };

    private static Command Start()
    {
        Option<string> data = Data();
        Option<int> runs = new("--runs") { Description = "How many starts.", DefaultValueFactory = _ => 5 };
        Command command = new("start", "Time from process start to the first slate.") { data, runs };
        command.SetAction((parsed, token) => StartBenchmark.RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(runs), token));
        return command;
    }

    private static Command Serve()
    {
        Option<string> data = Data();
        Option<int> connections = new("--connections") { Description = "Requests under way at any time in the closed loop.", DefaultValueFactory = _ => 16 };
        Option<int> users = new("--users") { Description = "How many shoppers.", DefaultValueFactory = _ => 1_000 };
        Option<int?> rate = new("--rate") { Description = "Requests a second of the open loop; by default half of what the closed loop reached." };
        Option<int> seconds = new("--seconds") { Description = "How long the open loop runs.", DefaultValueFactory = _ => 30 };
        Option<int> rounds = new("--rounds") { Description = "Rounds of the closed loop, of which the median counts.", DefaultValueFactory = _ => 5 };
        Command command = new("serve", "Slates per second beside an empty endpoint and a Redis GET, then latencies at a fixed rate.") { data, connections, users, rounds, rate, seconds };
        command.SetAction((parsed, token) => ServeBenchmark.RunAsync(
            new ServeOptions(
                parsed.GetRequiredValue(data), parsed.GetValue(connections), parsed.GetValue(users), parsed.GetValue(rounds), parsed.GetValue(rate), TimeSpan.FromSeconds(parsed.GetValue(seconds))),
            token));
        return command;
    }

    private static Command ServeRetraining()
    {
        Option<string> data = Data();
        Option<int> rate = new("--rate") { Description = "Slates per second.", DefaultValueFactory = _ => 200 };
        Option<int> rounds = new("--rounds") { Description = "How many times alone and while retraining.", DefaultValueFactory = _ => 2 };
        Command command = new("serve-retraining", "The latency of slates alone and while the host's child process retrains.") { data, rate, rounds };
        command.SetAction((parsed, token) => RetrainingBenchmark.RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(rate), parsed.GetValue(rounds), token));
        return command;
    }

    private static Command Slate()
    {
        Option<string> data = Data();
        Option<int> slates = new("--slates") { Description = "How many slates.", DefaultValueFactory = _ => 20_000 };
        Command command = new("slate", "What one slate costs inside the process, stage by stage, without HTTP.") { data, slates };
        command.SetAction((parsed, token) => SlateBenchmark.RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(slates), token));
        return command;
    }

    private static Command Scores()
    {
        Option<string> data = Data();
        Command command = new("scores", "What re-ranking and scoring a whole catalogue cost, and what rounding to 8 bits loses.") { data };
        command.SetAction((parsed, token) => ScoresBenchmark.RunAsync(parsed.GetRequiredValue(data), token));
        return command;
    }

    private static Command Empty()
    {
        Argument<FileInfo> body = new("body") { Description = "The file whose bytes are answered." };
        Command command = new("empty-endpoint", "Answers every request with the same bytes; started by serve.") { body };
        command.Hidden = true;
        command.SetAction(async (parsed, token) =>
            await EmptyEndpoint.ServeAsync(await File.ReadAllBytesAsync(parsed.GetRequiredValue(body).FullName, token), token));
        return command;
    }

    private static Command Redis()
    {
        Argument<FileInfo> body = new("body") { Description = "The file whose bytes are answered." };
        Argument<int> port = new("port") { Description = "The Redis server's port." };
        Command command = new("redis-endpoint", "Answers every request with one GET of Redis; started by serve.") { body, port };
        command.Hidden = true;
        command.SetAction(async (parsed, token) =>
            await RedisEndpoint.ServeAsync(await File.ReadAllBytesAsync(parsed.GetRequiredValue(body).FullName, token), parsed.GetRequiredValue(port), token));
        return command;
    }
}
