using System.Diagnostics;
using System.Globalization;
using Aisle.IngestVictim;

namespace Aisle.IngestEvent.Tests.Faults;

/// <summary>The child process of the kill test.</summary>
internal static class Victim
{
    /// <summary>The exit code of a process that SIGKILL ended: 128 + 9.</summary>
    private const int Killed = 137;

    /// <summary>Runs the child and kills it, without a word of warning, once it has acknowledged a number of batches.</summary>
    /// <param name="folder">Its workspace.</param>
    /// <param name="first">The first batch that it sends.</param>
    /// <param name="run">The script.</param>
    /// <param name="lifetime">How many acknowledgements it lives for.</param>
    /// <param name="grace">How much longer it lives, so that the signal falls into any part of its work.</param>
    /// <param name="cancellationToken">Gives up; the child is killed then too.</param>
    /// <returns>The last batch it acknowledged; <paramref name="first"/> − 1 when none.</returns>
    public static async Task<int> KillAfterAsync(string folder, int first, ScriptRun run, int lifetime, TimeSpan grace, CancellationToken cancellationToken)
    {
        using Process child = Start(Arguments(folder, first, run));
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
    public static async Task FinishAsync(string folder, int first, ScriptRun run, CancellationToken cancellationToken)
    {
        (int exitCode, _, string errors) = await RunAsync(Start(Arguments(folder, first, run)), cancellationToken);
        Assert.True(exitCode == 0, errors);
    }

    /// <summary>Runs the child as on a disk on which no file can become larger than so much: the kernel refuses the
    /// write, as it does on a full disk.</summary>
    /// <returns>The batch that was refused and why; null when none was.</returns>
    public static async Task<(int Batch, string Why)?> RunOnSmallDiskAsync(string folder, int first, ScriptRun run, int maxKibibytes, CancellationToken cancellationToken)
    {
        // A shell's ulimit counts half kibibytes. Mapping code twice would need a file larger than that, so it is switched off.
        string script = $"trap '' XFSZ; ulimit -f {maxKibibytes * 2}; DOTNET_EnableWriteXorExecute=0 exec dotnet \"$@\"";
        (_, string output, string errors) = await RunAsync(Start("sh", ["-c", script, "sh", .. Arguments(folder, first, run)]), cancellationToken);
        string last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? throw new InvalidOperationException(errors);
        string[] words = last.Split(' ', 3);
        return words[0] == "refused" ? (int.Parse(words[1].TrimEnd(':'), CultureInfo.InvariantCulture), words[2]) : null;
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(Process child, CancellationToken cancellationToken)
    {
        using (child)
        {
            try
            {
                Task<string> errors = child.StandardError.ReadToEndAsync(cancellationToken);
                string output = await child.StandardOutput.ReadToEndAsync(cancellationToken);
                await child.WaitForExitAsync(cancellationToken);
                return (child.ExitCode, output, await errors);
            }
            finally
            {
                child.Kill();
            }
        }
    }

    private static string[] Arguments(string folder, int first, ScriptRun run)
    {
        string program = Path.ChangeExtension(typeof(EventScript).Assembly.Location, "dll");
        return [program, folder, .. new[] { first, run.Batches, run.NewPerBatch, run.MaxWaiting }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
    }

    private static Process Start(string[] arguments) => Start("dotnet", arguments);

    private static Process Start(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
