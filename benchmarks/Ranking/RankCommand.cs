using System.CommandLine;
using System.Globalization;
using Aisle.Benchmarks.Files;

namespace Aisle.Benchmarks.Ranking;

/// <summary><c>rank</c>: how well each model finds the test items of anyone's data, the whole catalogue ranked
/// and seen items masked.</summary>
internal static class RankCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        Option<string> train = new("--train") { Description = "user,item[,weight[,timestamp]] file, gzip accepted", Required = true };
        Option<string> test = new("--test") { Description = "user,item file of what is to be found", Required = true };
        Option<string> model = new("--model") { Description = $"{string.Join(", ", RankModel.Names)} or all", DefaultValueFactory = _ => "all" };
        Option<string> k = new("--k") { Description = "cuts, separated by commas", DefaultValueFactory = _ => "10,20,100" };
        Option<bool> tune = new("--tune") { Description = "search settings on an inner split of the training file, by time where it has times" };
        Option<int> seconds = new("--tune-seconds") { Description = "time budget of each search", DefaultValueFactory = _ => 60 };
        Option<string?> negatives = new("--negatives") { Description = "user,item file: rank test items among these only" };
        Command command = new("rank", "Prints HR, Recall, NDCG, MAP and coverage of each model on anyone's data.") { train, test, model, k, tune, seconds, negatives };
        command.SetAction(parsed =>
        {
            try
            {
                RankRun run = new(Console.Out)
                {
                    Train = PairFile.Load(parsed.GetRequiredValue(train)),
                    Test = PairFile.Load(parsed.GetRequiredValue(test)),
                    Negatives = parsed.GetValue(negatives) is { } path ? PairFile.Load(path) : null,
                    Models = Models(parsed.GetRequiredValue(model)),
                    Cuts = Cuts(parsed.GetRequiredValue(k)),
                    Tuning = parsed.GetValue(tune) ? TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(seconds))) : null,
                };
                return run.Print();
            }
            catch (Exception refusal) when (refusal is IOException or InvalidDataException or ArgumentException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(refusal.Message);
                return 1;
            }
        });
        return command;
    }

    /// <summary>The models that a name stands for.</summary>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    internal static IReadOnlyList<string> Models(string name) => name == "all" ? RankModel.Names
        : RankModel.Names.Contains(name) ? [name]
        : throw new ArgumentException($"--model: there is no model '{name}'; choose among {string.Join(", ", RankModel.Names)} or all.");

    /// <summary>The cuts of a list such as <c>10,20</c>, ascending.</summary>
    /// <exception cref="ArgumentException">One is not a positive whole number.</exception>
    internal static int[] Cuts(string text) => [.. text.Split(',').Select(cut =>
        int.TryParse(cut, CultureInfo.InvariantCulture, out int k) && k is > 0 and <= 10_000 ? k : throw new ArgumentException($"--k: "
            + $"'{cut}' is not a whole number in 1 … 10000.")).Distinct().Order()];
}
