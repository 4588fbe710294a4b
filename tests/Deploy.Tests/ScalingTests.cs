using Aisle.Testing;

namespace Aisle.Deploy.Tests;

/// <summary>The figures of <c>docs/scaling.md</c> are those that its command prints.</summary>
public sealed class ScalingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_quotes_what_the_command_prints()
    {
        string? figures = await RunAsync();
        Assert.SkipWhen(figures is null, "Node is not here: install Node 18 or newer and test again.");

        Assert.Contains(figures!.TrimEnd(), await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "scaling.md"), Token));
    }

    private static async Task<string?> RunAsync()
    {
        try
        {
            return await Command.RunAsync("node", [Path.Combine(RepositoryRoot.Path, "deploy", "scale.mjs")], TimeSpan.FromSeconds(30), Token);
        }
        catch (CommandException)
        {
            return null;
        }
    }
}
