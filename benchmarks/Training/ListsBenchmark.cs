using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Training;
using Aisle.ColdStart;

namespace Aisle.Benchmarks.Training;

/// <summary><c>lists</c>: how fast candidate lists are made in blocks of shoppers beside one shopper after the other, over the files of a
/// run whose neighbours are found.</summary>
internal static class ListsBenchmark
{
    private const int Batch = 512;

    /// <summary>Adds the command.</summary>
    public static void AddTo(RootCommand root)
    {
        Option<DirectoryInfo> run = new("--run")
        {
            Description = "The folder of a run in which neighbours are found, as a run that was "
                + "broken off leaves it.",
            Required = true,
        };
        Option<int> lists = new("--lists") { Description = "How many lists are made in blocks.", DefaultValueFactory = _ => 20_480 };
        Option<int> single = new("--single") { Description = "How many are made one by one.", DefaultValueFactory = _ => 2_048 };
        Command command = new("lists", "Candidate lists in blocks of shoppers and one by one.") { run, lists, single };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(run).FullName, parsed.GetValue(lists), parsed.GetValue(single)));
        root.Subcommands.Add(command);
    }

    private static void Run(string folder, int lists, int single)
    {
        ModelDraft draft = ModelDraft.Load(folder) ?? throw new InvalidDataException($"{folder} is no folder of a run.");
        ModelRecipe recipe = new();
        HybridRecommender recommender = new(new ModelBundleTrainer(recipe).Finish(draft, "lists", draft.Training.AsOf), recipe.Hybrid);
        using CandidateListBuilder builder = new(draft, recommender, _ => null);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{builder.UserCount:N0} shoppers, {draft.Training.Items.Count:N0} "
            + $"products, {Environment.ProcessorCount} processors"));
        OneByOne(draft, recommender, Math.Min(64, single)); // once, so that neither is the first
        InBlocks(draft, builder, Batch);
        Print("one by one", single, builder.UserCount, Timed(() => OneByOne(draft, recommender, single)));
        Print("in blocks of 32", lists, builder.UserCount, Timed(() => InBlocks(draft, builder, lists)));
    }

    private static void OneByOne(ModelDraft draft, HybridRecommender recommender, int count) => Parallel.For(0, count, user =>
    {
        int[] items = draft.Training.Interactions.ItemsOf(user).ToArray();
        IndexedHistory history = new(items, draft.Training.Interactions.WeightsOf(user).ToArray(), items.Length, draft.Groups!.Purchases.ItemsOf(user).ToArray());
        recommender.Recommend(history, Cohort.Everybody, recommender.Options.ListLength, draft.Training.AsOf, item => draft.Training.Products[item].InStock);
    });

    private static void InBlocks(ModelDraft draft, CandidateListBuilder builder, int count)
    {
        for (int first = 0; first < count; first += Batch)
        {
            builder.Build(first, Math.Min(Batch, count - first), draft.Training.AsOf, CancellationToken.None);
        }
    }

    private static TimeSpan Timed(Action work)
    {
        long started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started);
    }

    private static void Print(string how, int count, int all, TimeSpan took) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{how,-16} {count,9:N0} lists {took.TotalSeconds,8:0.0} s {count / took.TotalSeconds,8:N0} "
            + $"lists/s, so all in {all * took.TotalSeconds / count,8:N0} s"));
}
