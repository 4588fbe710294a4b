using Aisle.Local.Import.Files;

namespace Aisle.Local.Import.Rows;

/// <summary>Lines of words with spaces between them: the first is <c>user_id</c>, all others are <c>items</c>.</summary>
/// <param name="text">The file; closed with the rows.</param>
internal sealed class LineRows(TextReader text) : IRows
{
    private readonly LineReader _lines = new(text);

    /// <inheritdoc/>
    public long Line => _lines.Number;

    /// <inheritdoc/>
    public string this[string column]
    {
        get
        {
            string[] parts = _lines.Text.Split(' ', 2);
            return column == "user_id" ? parts[0] : parts.Length > 1 ? parts[1] : "";
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> NextAsync(CancellationToken cancellationToken) => _lines.NextAsync(cancellationToken);

    /// <inheritdoc/>
    public string? Defect() => _lines.IsTooLong ? $"a line of more than {LineReader.MostCharacters:N0} characters"
        : _lines.Text.Contains('\uFFFD') ? "not valid UTF-8: name the file's own with --encoding, such as latin1"
        : null;

    /// <inheritdoc/>
    public string Text() => _lines.Text;

    /// <inheritdoc/>
    public void Dispose() => text.Dispose();
}
