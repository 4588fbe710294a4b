using Aisle.Testing;

namespace Aisle.Host.Tests.Cli;

public sealed class CommandLineErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("--port", "serve", "--port", "99999")]
    [InlineData("--port", "--port", "99999", "serve")]
    [InlineData("--listen", "serve", "--listen", "nowhere")]
    [InlineData("--events", "serve", "--events", "5")]
    [InlineData("--products", "serve", "--products", "-3")]
    [InlineData("--days", "serve", "--days", "2")]
    [InlineData("--shoppers", "serve", "--shoppers", "many")]
    [InlineData("--data", "recommend", "somebody")]
    [InlineData("<file>", "rules", "lint")]
    [InlineData("<file>", "rules", "set")]
    [InlineData("<user>", "recommend")]
    [InlineData("--evnts", "--evnts", "5")]
    [InlineData("--format", "report", "home-variety", "--format", "pdf")]
    [InlineData("10^15 visitors", "power", "--baseline", "1e-12", "--lift", "1e-6")]
    public async Task A_wrong_word_gives_one_line_that_names_it_and_no_trace(string named, params string[] arguments)
    {
        CommandLine run = await CommandLine.RunAsync(TestContext.Current.CancellationToken, [.. arguments, "--data", _folder.Path]);

        Assert.Equal(2, run.ExitCode);
        string line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("aisle: ", line, StringComparison.Ordinal);
        Assert.True(line.Contains(named, StringComparison.Ordinal) || line.Contains(arguments[^1], StringComparison.Ordinal), line);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("recommend", "somebody")]
    [InlineData("report", "home-variety")]
    [InlineData("models", "list")]
    [InlineData("rules", "show")]
    [InlineData("runs", "list")]
    [InlineData("guard")]
    [InlineData("retrain")]
    [InlineData("export", "recommendations")]
    [InlineData("erase", "somebody")]
    public async Task Where_there_is_no_shop_it_says_so_and_makes_nothing(params string[] arguments)
    {
        string missing = Path.Combine(_folder.Path, "missing");
        string empty = Directory.CreateDirectory(Path.Combine(_folder.Path, "empty")).FullName;

        foreach (string folder in new[] { missing, empty })
        {
            CommandLine run = await CommandLine.RunAsync(TestContext.Current.CancellationToken, [.. arguments, "--data", folder]);

            Assert.Equal(2, run.ExitCode);
            Assert.Contains($"there is no shop in {folder}", run.Error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(missing));
        Assert.Empty(Directory.EnumerateFileSystemEntries(empty));
    }

    [Fact]
    public async Task A_file_in_place_of_the_folder_is_refused()
    {
        string file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        CommandLine run = await CommandLine.RunAsync(TestContext.Current.CancellationToken, "serve", "--data", file);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--data", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_may_not_be_written_to_is_named()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "owner.lock")); // what may not be opened for writing, also not by root

        CommandLine run = await CommandLine.RunAsync(TestContext.Current.CancellationToken, "guard", "--data", _folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Name a folder that you may write to", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
