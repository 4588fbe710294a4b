using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Evaluation;

namespace Aisle.Benchmarks.Ranking;

/// <summary><c>rank</c>: how well each model finds the test items of anyone's data, the whole catalogue ranked and seen items masked.</summary>
internal static class RankCommand
{
    private static readonly Metric[] Columns = [Metric.HitRate, Metric.Recall, Metric.Ndcg, Metric.AveragePrecision, Metric.Coverage];

    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        Option<string> train = new("--train") { Description = "user,item[,weight[,timestamp]] file, gzip accepted", Required = true };
        Option<string> test = new("--test") { Description = "user,item file of what is to be found", Required = true };
        Option<string> model = new("--model") { Description = $"{string.Join(", ", RankModel.Names)} or all", DefaultValueFactory = _ => "all" };
        Option<string> k = new("--k") { Description = "cuts, separated by commas", DefaultValueFactory = _ => "10,20,100" };
        Option<bool> tune = new("--tune") { Description = "tune on an inner split of the training file, by time where it has times" };
        Option<int> seconds = new("--tune-seconds") { Description = "time budget of each tuning", DefaultValueFactory = _ => 60 };
        Option<string?> negatives = new("--negatives") { Description = "user,item file: rank test items among these only" };
        Command command = new("rank", "Compares models on any data.") { train, test, model, k, tune, seconds, negatives };
        command.SetAction(parsed =>
        {
            Dataset data = Dataset.Of(PairFile.Read(parsed.GetRequiredValue(train)), PairFile.Read(parsed.GetRequiredValue(test)));
            int[] cuts = [.. parsed.GetRequiredValue(k).Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).Order()];
            TimeSpan? budget = parsed.GetValue(tune) ? TimeSpan.FromSeconds(parsed.GetValue(seconds)) : null;
            IReadOnlyDictionary<int, HashSet<int>>? sampled = parsed.GetValue(negatives) is { } path ? SampledSlates.Read(path, data) : null;
            string name = parsed.GetRequiredValue(model);
            return Run(data, name == "all" ? RankModel.Names : [name], cuts, budget, sampled, Console.Out);
        });
        return command;
    }

    private static int Run(Dataset data, IReadOnlyList<string> names, int[] cuts, TimeSpan? budget, IReadOnlyDictionary<int, HashSet<int>>? sampled, TextWriter output)
    {
        Holdout holdout = data.Holdout();
        if (data.Train.Count == 0 || holdout.JudgedUsers.Count == 0)
        {
            output.WriteLine(data.Train.Count == 0 ? "The training file has no interaction." : "No user has a test item that is not among their training items.");
            return 1;
        }

        output.WriteLine($"{data.Users.Count:N0} users, {data.Items.Count:N0} items, {data.Train.Count:N0} training pairs, {holdout.JudgedUsers.Count:N0} users judged by {holdout.Held.Count:N0} pairs; seen items masked, short slates filled by popularity");
        output.WriteLine($"{"model",-12} {"k",5} {"HR",8} {"Recall",8} {"NDCG",8} {"MAP",8} {"coverage",8} {"seconds",8}  settings");
        RankModel models = new(data, sampled is null ? cuts[^1] : data.Items.Count, budget);
        foreach (string name in names)
        {
            try
            {
                Print(name, models, holdout, data, cuts, sampled, output);
            }
            catch (ArgumentException refusal)
            {
                output.WriteLine($"{name,-12} n/a: {refusal.Message}");
            }
        }

        return 0;
    }

    private static void Print(
        string name, RankModel models, Holdout holdout, Dataset data, int[] cuts, IReadOnlyDictionary<int, HashSet<int>>? sampled, TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        (ISlateSource source, string settings) = models.Make(name);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        ISlateSource judged = sampled is null ? source : new SampledSlates(source, holdout, sampled, data.Items.Count);
        foreach (int cut in cuts)
        {
            ModelEvaluation evaluation = new ModelEvaluator(holdout, new EvaluationOptions { K = cut, BootstrapSamples = 0 }).Evaluate(name, judged, CancellationToken.None);
            string figures = string.Join(" ", Columns.Select(metric => $"{ComparisonTable.Format(evaluation[metric]),8}"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12} {cut,5} {figures} {seconds,8:0.0}  {settings}"));
        }
    }
}
