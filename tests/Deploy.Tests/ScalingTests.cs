using Aisle.Testing;

namespace Aisle.Deploy.Tests;

/// <summary>The figures of <c>docs/scaling.md</c> and <c>deploy/README.md</c> are those that their commands print.</summary>
public sealed class ScalingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("scale.mjs", "docs/scaling.md")]
    [InlineData("cost.mjs", "deploy/README.md")]
    public async Task The_page_quotes_what_the_command_prints(string command, string page)
    {
        string? figures = await RunAsync(command);
        Assert.SkipWhen(figures is null, "Node is not here: install Node 18 or newer and test again.");

        Assert.Contains(figures!.TrimEnd(), await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, page), Token));
    }

    private static async Task<string?> RunAsync(string command)
    {
        try
        {
            return await Command.RunAsync("node", [Path.Combine(RepositoryRoot.Path, "deploy", command)], TimeSpan.FromSeconds(30), Token);
        }
        catch (CommandException)
        {
            return null;
        }
    }
}
