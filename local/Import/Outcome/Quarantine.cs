using System.Buffers;
using System.Text.Json;

namespace Aisle.Local.Import.Outcome;

/// <summary>A file of JSON Lines with every line that an import left out: its number, why, what to do, and the line
/// itself. Made with the first such line.</summary>
/// <param name="path">The file; one of an earlier import is replaced.</param>
public sealed class Quarantine(string path) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private FileStream? _file;

    /// <summary>The file; null while there is nothing in it.</summary>
    public string? Path => _file is null ? null : path;

    /// <summary>Keeps lines. When it returns they are in the operating system's hands.</summary>
    /// <exception cref="DatasetFormatException">The file cannot be made or written, as when the disk is full.</exception>
    public async Task AddAsync(IEnumerable<ImportedRow.Rejected> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        try
        {
            foreach (ImportedRow.Rejected row in rows)
            {
                _file ??= Make(path);
                Write(row);
                await _file.WriteAsync(_line.WrittenMemory, cancellationToken);
            }

            await (_file?.FlushAsync(cancellationToken) ?? Task.CompletedTask);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            throw new DatasetFormatException(
                $"The quarantine file {path} cannot be written ({full.Message.TrimEnd('.')}). Make room, or name another with "
                + "--quarantine, and import again: what was imported stays and is not doubled.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // What could not be written was said already.
            _file = null;
        }
    }

    private static FileStream Make(string path)
    {
        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
    }

    private void Write(ImportedRow.Rejected row)
    {
        _line.ResetWrittenCount();
        using (Utf8JsonWriter json = new(_line))
        {
            json.WriteStartObject();
            json.WriteNumber("line", row.Line);
            json.WriteString("reason", row.Kind);
            if (row.Detail is not null)
            {
                json.WriteString("detail", row.Detail);
            }

            json.WriteString("row", row.Text);
            json.WriteEndObject();
        }

        _line.Write("\n"u8);
    }
}
