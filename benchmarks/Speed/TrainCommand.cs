using System.CommandLine;
using System.Globalization;
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
        command.SetAction(parsed => Run(options.Data(parsed), options.Training(parsed), Console.Out));
        return command;
    }

    private static void Run(InteractionMatrix matrix, IalsOptions options, TextWriter output)
    {
        double peak = Machine.PeakGigaflops();
        output.WriteLine($"{matrix.UserCount:N0} users × {matrix.ItemCount:N0} items, {matrix.Count:N0} interactions; {options.Factors} factors, {options.Solver}, {Kernels.Path}, {Environment.ProcessorCount} processors");
        IterationClock clock = new();
        FactorModel model = new IalsTrainer(options).Fit(matrix, clock, CancellationToken.None);
        double median = IterationClock.Median(clock.Seconds);
        double cpu = 2 * IterationClock.Median(clock.CpuHalves);
        double work = ExactGigaflop(matrix, options.Factors);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seconds per iteration: median {median:0.000}, min {clock.Seconds.Min():0.000}; processor seconds about {cpu:0.000}"));
        if (options.Solver != IalsSolver.ConjugateGradient)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"useful work of an exact iteration {work:0.0} GFLOP: {work / clock.Seconds.Min():0} GFLOP/s, {100 * work / clock.Seconds.Min() / peak:0} % of the measured peak of {peak:0}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"users per second {matrix.UserCount / median:N0}; peak memory {Machine.PeakMebibytes():0} MiB; loss {new IalsLoss(options).Of(matrix, model.Users, model.Items):0.000000e+00}"));
    }

    /// <summary>Symmetric updates of all interactions, and a Cholesky factorization for each row.</summary>
    private static double ExactGigaflop(InteractionMatrix matrix, double f) =>
        ((2 * matrix.Count * f * (f + 1)) + ((matrix.UserCount + matrix.ItemCount) * ((f * f * f / 3) + (2 * f * f)))) / 1e9;
}
