using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Aisle.Statistics.Calibration;

namespace Aisle.Benchmarks.Calibration;

/// <summary><c>calibrate</c>: whether the statistics of the A/B report keep their word, on simulated experiments
/// whose truth is known.</summary>
internal static class CalibrateCommand
{
    // A check that is right fails one time in 400 by chance alone; the seed is fixed.
    private const double Errors = 3;
    private const double MostPowerPoints = 0.02;

    private static readonly int[] HeavyTailedUsers = [4_000, 20_000, 100_000];

    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        Option<int> experiments = new("--experiments") { Description = "simulated experiments of each kind", DefaultValueFactory = _ => 20_000 };
        Option<ulong> seed = new("--seed") { Description = "of chance", DefaultValueFactory = _ => 20_260_101UL };
        Command command = new("calibrate", "Coverage of intervals, false positives under daily peeking, and power, on simulated "
            + "experiments.") { experiments, seed };
        command.SetAction(parsed => Run(parsed.GetValue(experiments), parsed.GetValue(seed), Console.Out));
        return command;
    }

    private static int Run(int experiments, ulong seed, TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{experiments:N0} experiments of each kind, seed {seed}; \"within\" "
            + $"is ±{Errors} binomial standard errors"));
        CoverageStudy coverage = new(experiments, seed, -1);
        bool holds = Coverage("intervals at 95 %", coverage.Promised(), output);
        foreach (int users in HeavyTailedUsers)
        {
            Coverage(string.Create(CultureInfo.InvariantCulture, $"heavy-tailed revenue, {users:N0} users: the true coverage"), coverage.HeavyTailed(users), output);
        }

        holds &= Peeking(new PeekingStudy(experiments, seed, -1).Run(), output);
        holds &= Power(new PowerStudy(experiments, seed, -1).Run(), output);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n{(holds ? "every promise is kept" : "A PROMISE IS BROKEN")}; {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
        return holds ? 0 : 1;
    }

    private static bool Coverage(string title, IReadOnlyList<IntervalCoverage> studies, TextWriter output)
    {
        output.WriteLine($"\n{title}\n{"interval",-36} {"covers",8} {"too low",8} {"too high",8}");
        foreach (IntervalCoverage study in studies)
        {
            output.WriteLine($"{study.Name,-36} {Percent(study.Covered)} {Percent(study.TooLow)} {Percent(study.TooHigh)}  {Word(study)} "
                + $"· {study.Distribution}");
        }

        return studies.All(study => !study.IsPromised || study.Covered.Agrees(1 - CoverageStudy.Alpha, Errors));
    }

    private static string Word(IntervalCoverage study) => study switch
    {
        { IsPromised: false } => "shown",
        _ when study.Covered.Agrees(1 - CoverageStudy.Alpha, Errors) => "within",
        _ => "OUTSIDE",
    };

    private static bool Peeking(IReadOnlyList<PeekingResult> results, TextWriter output)
    {
        output.WriteLine($"\nfourteen days, somebody looks, α = 5 %\n{"rule",-50} {"false +",8} {"power",8}");
        foreach (PeekingResult result in results)
        {
            string word = !result.IsExact ? "shown" : result.FalsePositives.Agrees(result.Alpha, Errors) ? "within" : "OUTSIDE";
            output.WriteLine($"{result.Rule,-50} {Percent(result.FalsePositives)} {Percent(result.Power)}  {word}");
        }

        return results.All(result => !result.IsExact || result.FalsePositives.Agrees(result.Alpha, Errors));
    }

    private static bool Power(IReadOnlyList<PowerCheck> checks, TextWriter output)
    {
        output.WriteLine($"\npower at the calculator's users\n{"test",-42} {"users",8} {"promised",9} {"found",8}");
        foreach (PowerCheck check in checks)
        {
            string word = IsNear(check) ? "within 2 points" : "OUTSIDE";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{check.Name,-42} {check.UsersPerArm,8:N0} {100 * check.Calculated,8:0.00}% {Percent(check.Simulated)}  {word}"));
        }

        return checks.All(IsNear);
    }

    private static bool IsNear(PowerCheck check) => Math.Abs(check.Simulated.Rate!.Value - check.Calculated) <= MostPowerPoints;

    private static string Percent(BinomialRate rate) => string.Create(CultureInfo.InvariantCulture, $"{100 * rate.Rate!.Value,7:0.00}%");
}
