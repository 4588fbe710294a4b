using System.Diagnostics;
using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Evaluation;
using Aisle.Evaluation.Holdouts;
using Aisle.Evaluation.Slates;

namespace Aisle.Benchmarks.Ranking;

/// <summary>One comparison of models on a training and a test file.</summary>
/// <param name="output">Where it is printed.</param>
internal sealed class RankRun(TextWriter output)
{
    private static readonly Metric[] Columns = [Metric.HitRate, Metric.Recall, Metric.Ndcg, Metric.AveragePrecision, Metric.Coverage];

    /// <summary>What models learn from.</summary>
    public required PairTable Train { get; init; }

    /// <summary>What they are judged by.</summary>
    public required PairTable Test { get; init; }

    /// <summary>Among what the test items are to be found; null for the whole catalogue.</summary>
    public PairTable? Negatives { get; init; }

    /// <summary>Which models.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The cuts, ascending.</summary>
    public required int[] Cuts { get; init; }

    /// <summary>The budget of each search; null for defaults.</summary>
    public TimeSpan? Tuning { get; init; }

    /// <summary>Trains, judges and prints.</summary>
    /// <returns>0, or 1 when nothing could be trained or judged.</returns>
    public int Print()
    {
        Dataset data = Dataset.Of(Train.Pairs, Test.Pairs);
        Holdout holdout = data.Holdout();
        foreach (PairTable? table in (PairTable?[])[Train, Test, Negatives])
        {
            if (table is { LeftOut: > 0 })
            {
                output.WriteLine($"{table.LeftOut:N0} lines left out, the first: {table.FirstProblem}");
            }
        }

        if (data.Train.Count == 0 || holdout.JudgedUsers.Count == 0)
        {
            output.WriteLine(data.Train.Count == 0 ? "The training file has no interaction." : "No user has a test item that is not among "
                + "their training items.");
            return 1;
        }

        int strangers = holdout.JudgedUsers.Count(user => data.Train.ItemsOf(user).IsEmpty);
        output.WriteLine($"{data.Users.Count:N0} users, {data.Items.Count:N0} items, {data.Train.Count:N0} training pairs, "
            + $"{holdout.JudgedUsers.Count:N0} users judged by {holdout.Held.Count:N0} pairs ({strangers:N0} of them unknown in training "
            + "get popularity); seen items masked, short slates filled by popularity");
        output.WriteLine($"{"model",-12} {"k",5} {"HR",8} {"Recall",8} {"NDCG",8} {"MAP",8} {"coverage",8} {"seconds",8}  settings");
        RankModel models = new(data, Tuning);
        Dictionary<int, HashSet<int>>? sampled = Negatives is null ? null : SampledLists.Allowed(Negatives.Pairs, data, holdout);
        foreach (string name in Models.Where(name => sampled is null || name != RankModel.BlendName || Models.Count == 1))
        {
            try
            {
                PrintModel(name, models, holdout, data, sampled);
            }
            catch (Exception refusal) when (refusal is ArgumentException or ArithmeticException)
            {
                output.WriteLine($"{name,-12} n/a: {refusal.Message}");
            }
        }

        return 0;
    }

    private void PrintModel(string name, RankModel models, Holdout holdout, Dataset data, Dictionary<int, HashSet<int>>? sampled)
    {
        (UserScorer scorer, string settings) = models.Make(name);
        long start = Stopwatch.GetTimestamp();
        ISlateSource source;
        if (sampled is null)
        {
            RankedLists lists = new(scorer, holdout.Train, holdout.JudgedUsers, Math.Max(Blend.Depth, Cuts[^1]), Environment.ProcessorCount);
            models.Keep(name, lists);
            source = new BackfilledSlates(lists, data.Train);
        }
        else
        {
            source = new SampledLists(scorer, data.Train, sampled);
        }

        double seconds = models.TrainingSeconds + Stopwatch.GetElapsedTime(start).TotalSeconds;
        foreach (int cut in Cuts)
        {
            ModelEvaluation evaluation = new ModelEvaluator(holdout, new EvaluationOptions { K = cut, BootstrapSamples = 0 }).Evaluate(name, source, CancellationToken.None);
            string figures = string.Join(" ", Columns.Select(metric => $"{ComparisonTable.Format(evaluation[metric]),8}"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12} {cut,5} {figures} {seconds,8:0.0}  {settings}"));
        }
    }
}
