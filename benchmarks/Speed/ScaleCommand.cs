using System.CommandLine;
using System.Globalization;
using Aisle.Factorization;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Speed;

/// <summary><c>scale</c>: what an iteration costs as the interactions grow.</summary>
internal static class ScaleCommand
{
    private const int InteractionsPerUser = 50;
    private const int InteractionsPerItem = 200;

    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        Option<int[]> millions = new("--millions")
        {
            Description = "how many million interactions, each a row of the table",
            DefaultValueFactory = _ => [1, 3, 10, 30],
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int> iterations = SpeedOptions.Within("--iterations", "iterations; the fastest counts", 6, 1, 100);
        Command command = new("scale", "Prints seconds per iteration, and processor time for each interaction, for growing made-up data: "
            + "users and items grow along, 50 interactions a user, 200 an item.") { millions, iterations };
        command.SetAction(parsed => Run(parsed.GetValue(millions)!, parsed.GetValue(iterations), Console.Out));
        return command;
    }

    private static void Run(int[] millions, int iterations, TextWriter output)
    {
        output.WriteLine($"{"interactions",14} {"users",10} {"items",8} {"exact s",9} {"cpu ns each",11} {"gradient s",11} {"cpu ns each",11}");
        foreach (int million in millions)
        {
            int pairs = million * 1_000_000;
            InteractionMatrix matrix = SyntheticPairs.Make(pairs / InteractionsPerUser, pairs / InteractionsPerItem, pairs, seed: 1);
            IterationClock exact = Timed(matrix, IalsSolver.Exact, iterations);
            IterationClock gradient = Timed(matrix, IalsSolver.ConjugateGradient, iterations);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{matrix.Count,14:N0} {matrix.UserCount,10:N0} {matrix.ItemCount,8:N0} {exact.Seconds.Min(),9:0.000} "
                + $"{CpuNanoseconds(exact, matrix),11:0.0} {gradient.Seconds.Min(),11:0.000} {CpuNanoseconds(gradient, matrix),11:0.0}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory {Machine.PeakMebibytes():0} MiB"));
    }

    private static IterationClock Timed(InteractionMatrix matrix, IalsSolver solver, int iterations)
    {
        IterationClock clock = new();
        new IalsTrainer(new IalsOptions { Iterations = iterations, Solver = solver }).Fit(matrix, clock, CancellationToken.None);
        return clock;
    }

    /// <summary>Processor time of a median iteration for each interaction: what other programs on the machine inflate least.</summary>
    private static double CpuNanoseconds(IterationClock clock, InteractionMatrix matrix) => 1e9 * IterationClock.Median(clock.CpuSeconds) / matrix.Count;
}
