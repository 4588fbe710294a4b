using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Aisle.Benchmarks.Files;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Speed;

/// <summary><c>synthesize</c>: writes a pair file with power-law activity and popularity, so that others can be
/// measured on what we are measured on.</summary>
internal static class SynthesizeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        Option<int> users = SpeedOptions.Within("--users", "how many", 200_000, 1, 500_000_000);
        Option<int> items = SpeedOptions.Within("--items", "how many", 50_000, 1, 500_000_000);
        Option<int> pairs = SpeedOptions.Within("--pairs", "how many", 10_000_000, 1, 500_000_000);
        Option<ulong> seed = new("--seed") { Description = "of the draws", DefaultValueFactory = _ => 1 };
        Option<string> path = new("--out") { Description = "where to write; gzipped when it ends in .gz", Required = true };
        Command command = new("synthesize", "Writes a user,item,weight file of made-up interactions, about as many as asked for, the same for a seed.");
        foreach (Option option in (Option[])[users, items, pairs, seed, path])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => FileFaults.Explained(
            () => Write(SyntheticPairs.Make(parsed.GetValue(users), parsed.GetValue(items), parsed.GetValue(pairs), parsed.GetValue(seed)), parsed.GetValue(path)!)));
        return command;
    }

    private static void Write(InteractionMatrix matrix, string path)
    {
        using FileStream file = File.Create(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        using StreamWriter writer = new(stream, new UTF8Encoding(false), 1 << 16);
        writer.Write("user,item,weight\n");
        for (int user = 0; user < matrix.UserCount; user++)
        {
            for (int index = 0; index < matrix.ItemsOf(user).Length; index++)
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{user},{matrix.ItemsOf(user)[index]},{matrix.WeightsOf(user)[index]}\n"));
            }
        }
    }
}
