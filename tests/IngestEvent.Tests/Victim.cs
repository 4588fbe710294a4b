using System.Diagnostics;
using System.Globalization;
using Aisle.IngestVictim;

namespace Aisle.IngestEvent.Tests;

/// <summary>The child process of the kill test.</summary>
internal static class Victim
{
    /// <summary>The exit code of a process that SIGKILL ended: 128 + 9.</summary>
    private const int Killed = 137;

    /// <summary>Runs the child and kills it, without a word of warning, once it has acknowledged a number of batches.</summary>
    /// <param name="folder">Its workspace.</param>
    /// <param name="first">The first batch that it sends.</param>
    /// <param name="end">Where the script ends.</param>
    /// <param name="lifetime">How many acknowledgements it lives for.</param>
    /// <param name="grace">How much longer it lives, so that the signal falls into any part of its work.</param>
    /// <param name="cancellationToken">Gives up; the child is killed then too.</param>
    /// <returns>The last batch it acknowledged; <paramref name="first"/> − 1 when none.</returns>
    public static async Task<int> KillAfterAsync(string folder, int first, int end, int lifetime, TimeSpan grace, CancellationToken cancellationToken)
    {
        using Process child = Start(folder, first, end);
        int last = first - 1;
        try
        {
            for (int seen = 0; seen < lifetime && await child.StandardOutput.ReadLineAsync(cancellationToken) is { } line; seen++)
            {
                last = int.Parse(line, CultureInfo.InvariantCulture);
            }

            await Task.Delay(grace, cancellationToken);
        }
        finally
        {
            child.Kill();
        }

        // What it still acknowledged before the signal came counts as well.
        string rest = await child.StandardOutput.ReadToEndAsync(cancellationToken);
        await child.WaitForExitAsync(cancellationToken);
        string errors = await child.StandardError.ReadToEndAsync(cancellationToken);
        Assert.True(child.ExitCode is Killed or 0, errors); // 0: it was done before the signal came
        string[] whole = rest.Split('\n')[..^1];
        return whole.Length > 0 ? int.Parse(whole[^1], CultureInfo.InvariantCulture) : last;
    }

    /// <summary>Runs the child until everything is ingested.</summary>
    public static async Task FinishAsync(string folder, int first, int end, CancellationToken cancellationToken)
    {
        using Process child = Start(folder, first, end);
        try
        {
            Task<string> errors = child.StandardError.ReadToEndAsync(cancellationToken);
            await child.StandardOutput.ReadToEndAsync(cancellationToken);
            await child.WaitForExitAsync(cancellationToken);
            Assert.True(child.ExitCode == 0, await errors);
        }
        finally
        {
            child.Kill();
        }
    }

    private static Process Start(string folder, int first, int end)
    {
        string program = Path.ChangeExtension(typeof(EventScript).Assembly.Location, "dll");
        ProcessStartInfo start = new("dotnet")
        {
            ArgumentList = { program, folder, first.ToString(CultureInfo.InvariantCulture), end.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
