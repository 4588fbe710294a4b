using System.Diagnostics;
using Aisle.Host.State;
using Aisle.Testing;

namespace Aisle.Host.Tests;

/// <summary>A host in a process of its own: killed without warning, started again.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_was_killed_starts_again_on_its_data_and_commands_work_without_one()
    {
        using (Process first = await StartAsync("--products", "120", "--shoppers", "60", "--events", "2000", "--days", "30"))
        {
            first.Kill();
            await first.WaitForExitAsync(Token);
        }

        CommandLine alone = await CommandLine.RunAsync(Token, "recommend", "shopper-00003", "--data", _folder.Path);
        Assert.Equal(("", 0), (alone.Error, alone.ExitCode));
        Assert.Contains("strategy", alone.Output, StringComparison.Ordinal);

        using Process second = await StartAsync();
        CommandLine beside = await CommandLine.RunAsync(Token, "recommend", "shopper-00003", "--data", _folder.Path);
        second.Kill();
        await second.WaitForExitAsync(Token);
        Assert.Equal(("", 0), (beside.Error, beside.ExitCode));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<Process> StartAsync(params string[] more)
    {
        ProcessStartInfo start = new("dotnet", [typeof(RunningHost).Assembly.Location, "serve", "--data", _folder.Path, "--port", "0", .. more])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            if (line.Contains("Ctrl+C stops", StringComparison.Ordinal))
            {
                return process;
            }
        }

        throw new InvalidOperationException("The host ended before it served.");
    }
}
