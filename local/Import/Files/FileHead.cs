using System.Text;

namespace Aisle.Local.Import.Files;

/// <summary>The beginning of a file: what its format is told by.</summary>
public sealed class FileHead
{
    private readonly HashSet<string> _columns;

    /// <summary>Looks into a file.</summary>
    public FileHead(DatasetFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Name = file.Name;
        Text = file.Head(Encoding.UTF8).TrimStart('\uFEFF');
        FirstLine = Text.Split('\n', 2)[0].TrimEnd('\r');
        _columns = new HashSet<string>(FirstLine.Split(',', '\t', ';').Select(column => column.Trim(' ', '"')), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>The first characters.</summary>
    public string Text { get; }

    /// <summary>The first line, or as much of it as was read.</summary>
    public string FirstLine { get; }

    /// <summary>Whether the first line names all these columns.</summary>
    public bool HasColumns(params IEnumerable<string> columns) => columns.All(_columns.Contains);
}
