using System.CommandLine;
using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Factorization;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Speed;

/// <summary><c>solvers</c>: how long each solver takes to a given loss, which is what decides the default.</summary>
internal static class SolversCommand
{
    private static readonly double[] Margins = [0.03, 0.01, 0.003, 0.001];

    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        SpeedOptions options = new();
        Command command = new("solvers", "Prints the seconds that each solver takes until the loss is within a margin of the least that any of them reached.");
        options.AddTo(command);
        command.SetAction(parsed => FileFaults.Explained(() => Run(options.Data(parsed), options.Training(parsed), Console.Out)));
        return command;
    }

    private static void Run(InteractionMatrix matrix, IalsOptions options, TextWriter output)
    {
        output.WriteLine(TrainCommand.Header(matrix, options));
        (IalsSolver Solver, List<(double Seconds, double Loss)> Course)[] courses =
            [.. ((IalsSolver[])[IalsSolver.Exact, IalsSolver.ConjugateGradient, IalsSolver.Subspace]).Select(solver => (solver, Course(matrix, options with { Solver = solver })))];
        double least = courses.Min(course => course.Course.Min(point => point.Loss));
        output.WriteLine($"{"solver",-18} {"s/iteration",11} {"last loss",13} "
            + $"{string.Join(' ', Margins.Select(margin => Text($"{"to " + Text($"{100 * margin:0.0} %"),12}")))}");
        foreach ((IalsSolver solver, List<(double Seconds, double Loss)> course) in courses)
        {
            IEnumerable<string> times = Margins.Select(margin => course.FindIndex(point => point.Loss <= least * (1 + margin)) is var index and >= 0 ? Text($"{course[index].Seconds,8:0.00} s/{index + 1,-2}") : $"{"–",12}");
            output.WriteLine($"{solver,-18} {Text($"{course[^1].Seconds / course.Count,11:0.0000}")} "
                + $"{Text($"{course[^1].Loss,13:0.000000e+00}")} {string.Join(' ', times)}");
        }
    }

    /// <summary>Seconds spent in training, and the loss, after each iteration; the time that the loss takes does not count.</summary>
    private static List<(double Seconds, double Loss)> Course(InteractionMatrix matrix, IalsOptions options)
    {
        List<(double, double)> course = [];
        IterationClock clock = new();
        IalsLoss loss = new(options);
        new IalsTrainer(options).Fit(
            matrix,
            clock,
            (_, model) =>
            {
                FactorModel factors = model();
                course.Add((clock.Seconds.Sum(), loss.Of(matrix, factors.Users, factors.Items)));
                clock.Restart();
                return true;
            },
            CancellationToken.None);
        return course;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
