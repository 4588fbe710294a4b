using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Aisle.Factorization;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Benchmarks.Speed;

/// <summary><c>recommend</c>: how fast the best k items of all users are found, exactly, without what they have.</summary>
internal static class RecommendCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        SpeedOptions options = new();
        Option<int> k = new("--k") { Description = "items for each user", DefaultValueFactory = _ => 100 };
        Command command = new("recommend", "Times the ranking of the whole catalogue for all users.");
        options.AddTo(command);
        command.Options.Add(k);
        command.SetAction(parsed => Run(options.Data(parsed), options.Training(parsed), parsed.GetValue(k), Console.Out));
        return command;
    }

    private static void Run(InteractionMatrix matrix, IalsOptions options, int k, TextWriter output)
    {
        FactorModel model = new IalsTrainer(options).Fit(matrix, progress: null, CancellationToken.None);
        output.WriteLine($"{matrix.UserCount:N0} users × {matrix.ItemCount:N0} items, {options.Factors} factors, top {k}, seen items excluded, {Kernels.Path}");
        for (int round = 0; round < 3; round++)
        {
            long start = Stopwatch.GetTimestamp();
            TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
            using FactorRanking ranking = new(model.Items);
            ranking.RankAll(model.Users, matrix, k, degreeOfParallelism: 0, (_, _) => { }, CancellationToken.None);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s, {matrix.UserCount / seconds:N0} users per second, {cpu.TotalSeconds:0.00} processor seconds"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory {Machine.PeakMebibytes():0} MiB"));
    }
}
