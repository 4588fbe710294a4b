using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Factorization;
using Aisle.Factorization.Folding;
using Aisle.Factorization.Ranking;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Speed;

/// <summary><c>recommend</c>: how fast the best k items of all users are found, exactly, without what they have; and how fast one shopper's
/// fresh history is folded in and scored.</summary>
internal static class RecommendCommand
{
    private const int Rounds = 3;
    private const int FoldRounds = 500;

    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        SpeedOptions options = new(iterations: 4);
        Option<int> k = SpeedOptions.Within("--k", "items for each user", 100, 1, 10_000);
        Command command = new("recommend", "Times the ranking of the whole catalogue for all users, and folding in a shopper.");
        options.AddTo(command);
        command.Options.Add(k);
        command.SetAction(parsed => FileFaults.Explained(() => Run(options.Data(parsed), options.Training(parsed), parsed.GetValue(k), Console.Out)));
        return command;
    }

    private static void Run(InteractionMatrix matrix, IalsOptions options, int k, TextWriter output)
    {
        output.WriteLine(TrainCommand.Header(matrix, options));
        Machine.ForgetPeak();
        FactorModel model = new IalsTrainer(options).Fit(matrix, progress: null, CancellationToken.None);
        output.WriteLine($"top {k} for all users, seen items excluded:");
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
            using FactorRanking ranking = new(model.Items);
            ranking.RankAll(model.Users, matrix, k, options.DegreeOfParallelism, (_, _) => { }, CancellationToken.None);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s, {matrix.UserCount / seconds:N0} users per "
                + $"second, {cpu.TotalSeconds:0.00} processor seconds"));
        }

        FoldIn(matrix, model, output);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory {Machine.PeakMebibytes():0} MiB"));
    }

    /// <summary>Folds in user after user and scores the catalogue, on one thread.</summary>
    private static void FoldIn(InteractionMatrix matrix, FactorModel model, TextWriter output)
    {
        FactorScorer scorer = new(model.Items, model.Options);
        float[] scores = new float[matrix.ItemCount];
        int[] users = [.. Enumerable.Range(0, matrix.UserCount).Where(user => !matrix.ItemsOf(user).IsEmpty).Take(FoldRounds)];
        List<double> milliseconds = new(FoldRounds);
        Array.ForEach(users, user => scorer.Score(matrix.ItemsOf(user), matrix.WeightsOf(user), scores));
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        foreach (int user in users)
        {
            long start = Stopwatch.GetTimestamp();
            scorer.Score(matrix.ItemsOf(user), matrix.WeightsOf(user), scores);
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        milliseconds.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"folding one shopper in and scoring all {matrix.ItemCount:N0} items on one thread: p50 "
            + $"{milliseconds[milliseconds.Count / 2]:0.000} ms, p99 {milliseconds[milliseconds.Count * 99 / 100]:0.000} ms, "
            + $"{(double)allocated / users.Length:0} bytes allocated each"));
    }
}
