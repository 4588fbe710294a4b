using Aisle.Host.Cli;
using Aisle.Host.Output;

namespace Aisle.Host.Tests;

/// <summary>What one run of the command line came to.</summary>
internal sealed record CommandLine(int ExitCode, string Output, string Error)
{
    /// <summary>Runs the command line in this process, with plain writers for a screen.</summary>
    public static async Task<CommandLine> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = await AisleCommand.RunAsync(arguments, Screen.Plain(output, error), cancellationToken);
        return new CommandLine(exitCode, output.ToString(), error.ToString());
    }
}
