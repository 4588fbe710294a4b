using System.ComponentModel;
using System.Diagnostics;

namespace Aisle.Testing;

/// <summary>A program run to its end; nothing of it is left behind, whatever happens.</summary>
public static class Command
{
    /// <summary>Runs it and hands back what it printed.</summary>
    /// <exception cref="CommandException">It is not there, fails, or takes longer than <paramref name="limit"/>.</exception>
    public static async Task<string> RunAsync(string program, string[] arguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        using Process process = Start(program, arguments);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            Task<string> faults = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0
                ? await output
                : throw new CommandException($"{program} {arguments[0]} ended with {process.ExitCode}: {LastLine(await faults)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException($"{program} {arguments[0]} took longer than {limit.TotalSeconds:0} s");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception absent)
        {
            throw new CommandException($"{program} cannot be started ({absent.Message})");
        }
    }

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("no message");
}
