using System.CommandLine;
using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Factorization;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Benchmarks.Speed;

/// <summary><c>train</c>: how fast a factorization is trained, beside the machine's measured peak.</summary>
internal static class TrainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        SpeedOptions options = new();
        Command command = new("train", "Times the training of an implicit factorization.");
        options.AddTo(command);
        command.SetAction(parsed => FileFaults.Explained(() => Run(options.Data(parsed), options.Training(parsed), Console.Out)));
        return command;
    }

    private static void Run(InteractionMatrix matrix, IalsOptions options, TextWriter output)
    {
        double peak = Machine.PeakGigaflops();
        output.WriteLine(Header(matrix, options));
        Machine.ForgetPeak();
        IterationClock clock = new();
        FactorModel model = new IalsTrainer(options).Fit(matrix, clock, CancellationToken.None);
        double median = IterationClock.Median(clock.Seconds);
        double least = clock.Seconds.Min();
        output.WriteLine(Text($"seconds per iteration: median {median:0.0000}, min {least:0.0000}; processor seconds about {IterationClock.Median(clock.CpuSeconds):0.000}"));
        output.WriteLine(Text($"all {options.Iterations} iterations {clock.Seconds.Sum():0.00} s; users per second {matrix.UserCount / median:N0}; peak memory {Machine.PeakMebibytes():0} MiB"));
        if (options.Solver is IalsSolver.Exact or IalsSolver.Automatic)
        {
            double work = ExactGigaflop(matrix, options.Factors) / least;
            output.WriteLine(Text($"work of an exact iteration as usually counted, done at {work:0} GFLOP/s: {100 * work / peak:0} % of the measured peak of {peak:0} (what short rows and symmetry save counts as done)"));
        }
        else
        {
            output.WriteLine(Text($"measured peak {peak:0} GFLOP/s"));
        }

        output.WriteLine(Text($"loss {new IalsLoss(options).Of(matrix, model.Users, model.Items):0.000000e+00}"));
    }

    /// <summary>The size of the data, the options and the machine, in one line.</summary>
    public static string Header(InteractionMatrix matrix, IalsOptions options) =>
        $"{matrix.UserCount:N0} users × {matrix.ItemCount:N0} items, {matrix.Count:N0} interactions; {options.Factors} factors, "
        + $"{options.Solver}, {Kernels.Path}, {Environment.ProcessorCount} processors";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Symmetric updates of all interactions, and a Cholesky factorization for each row.</summary>
    private static double ExactGigaflop(InteractionMatrix matrix, double f) =>
        ((2 * matrix.Count * f * (f + 1)) + ((matrix.UserCount + matrix.ItemCount) * ((f * f * f / 3) + (2 * f * f)))) / 1e9;
}
