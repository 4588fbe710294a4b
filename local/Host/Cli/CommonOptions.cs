using System.CommandLine;

namespace Aisle.Host.Cli;

/// <summary>The options that every command has.</summary>
internal sealed class CommonOptions
{
    /// <summary>Shows where an unexpected failure happened.</summary>
    public const string Verbose = "--verbose";

    /// <summary>The state folder.</summary>
    public Option<string> Data { get; } = new("--data")
    {
        Description = "The folder with the shop's state.",
        DefaultValueFactory = _ => ".aisle",
        Recursive = true,
    };

    /// <summary>Only declared here: the catch of the root reads it.</summary>
    public Option<bool> VerboseOption { get; } = new(Verbose) { Description = "Show where an unexpected failure happened.", Recursive = true };

    /// <summary>What a further command has to name the folder by: nothing where it is the usual one.</summary>
    public string DataAsGiven(ParseResult parsed)
    {
        if (parsed.GetResult(Data) is not { Implicit: false })
        {
            return "";
        }

        string folder = parsed.GetValue(Data) ?? "";
        return folder.Contains(' ', StringComparison.Ordinal) ? $" --data '{folder}'" : $" --data {folder}";
    }

    /// <summary>The full path of the folder that the command line names, whether or not it is there.</summary>
    /// <exception cref="UsageException">None is named, or it is a file.</exception>
    public string FolderOf(ParseResult parsed)
    {
        string path = parsed.GetValue(Data) is { Length: > 0 } given
            ? given
            : throw new UsageException("--data", "no folder is named", "Name a folder, such as --data .aisle");
        return File.Exists(path)
            ? throw new UsageException("--data", $"{path} is a file", "Name a folder that you may write to.")
            : Path.GetFullPath(path);
    }

    /// <summary>The same, for what may begin a shop: made when missing.</summary>
    /// <exception cref="UsageException">It cannot be made or is a file.</exception>
    public string OwnFolderOf(ParseResult parsed)
    {
        string path = FolderOf(parsed);
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("--data", $"{path} cannot be used as a folder ({refused.Message})", "Name a folder that you may write to.");
        }
    }
}
