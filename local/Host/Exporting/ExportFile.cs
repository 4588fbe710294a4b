using System.Text.Json;
using Aisle.Host.Cli;
using Aisle.Local.DuckDb;

namespace Aisle.Host.Exporting;

/// <summary>An export in the making: rows go to a staging file as they come, a small file says how far they reach, and the
/// finished file appears by one rename.</summary>
/// <remarks>An export that broke off goes on after the last batch that was noted: what was written of a later one is cut off.</remarks>
internal sealed class ExportFile : IDisposable
{
    private readonly string _path;
    private readonly string _format;
    private readonly FileStream _rows;
    private readonly StreamWriter _leftOut;

    private bool _isFinished;

    private ExportFile(string path, string format, ExportProgress progress)
    {
        (_path, _format, Progress) = (path, format, progress);
        _rows = Open(Stage, progress.RowBytes);
        FileStream leftOut = Open(LeftOut, progress.LeftOutBytes);
        _leftOut = new StreamWriter(leftOut);
        if (progress.LeftOutBytes == 0)
        {
            _leftOut.WriteLine("user_id,reason");
        }
    }

    /// <summary>How far it is.</summary>
    public ExportProgress Progress { get; private set; }

    /// <summary>The report of who is left out and why.</summary>
    public string LeftOut => _path + ".left-out.csv";

    private string Stage => _path + ".part";

    private string Note => _path + ".progress.json";

    /// <summary>Begins an export, or goes on with one of the same question that broke off.</summary>
    /// <param name="path">The finished file.</param>
    /// <param name="format"><c>csv</c>, <c>jsonl</c> or <c>parquet</c>.</param>
    /// <param name="question">What is exported, so that another question does not go on with these rows.</param>
    /// <exception cref="UsageException">Nothing can be written there.</exception>
    public static ExportFile Begin(string path, string format, string question)
    {
        string note = path + ".progress.json";
        ExportProgress? known = File.Exists(note) ? JsonSerializer.Deserialize(File.ReadAllBytes(note), ExportProgressJson.Default.ExportProgress) : null;
        try
        {
            return new ExportFile(path, format, known?.Question == question ? known : new ExportProgress { Question = question });
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                "--out", $"{path} cannot be written ({refused.Message.TrimEnd('.')})", "Name a file in a folder that exists and that you may write to.");
        }
    }

    /// <summary>Adds a batch and notes it.</summary>
    public async Task AddAsync(JsonElement batch, string last, CancellationToken cancellationToken)
    {
        int rows = 0;
        using (Utf8JsonWriter json = new(_rows))
        {
            foreach (JsonElement row in batch.GetProperty("rows").EnumerateArray())
            {
                row.WriteTo(json);
                await json.FlushAsync(cancellationToken);
                _rows.WriteByte((byte)'\n');
                json.Reset();
                rows++;
            }
        }

        foreach (JsonElement left in batch.GetProperty("left_out").EnumerateArray())
        {
            await _leftOut.WriteLineAsync($"{Quoted(left.GetProperty("user_id").GetString()!)},{Quoted(left.GetProperty("reason").GetString()!)}".AsMemory(), cancellationToken);
        }

        await NoteAsync(batch, last, rows, cancellationToken);
    }

    /// <summary>Makes the finished file of the rows.</summary>
    public void Finish()
    {
        _isFinished = true;
        Dispose();
        if (_format == "jsonl")
        {
            File.Move(Stage, _path, overwrite: true);
        }
        else
        {
            RecommendationFile.Make(Stage, _path, _format);
            File.Delete(Stage);
        }

        File.Delete(Note);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _leftOut.Dispose();
        if (!_isFinished && Progress.Users == 0) // refused before it began
        {
            File.Delete(Stage);
            File.Delete(LeftOut);
        }
    }

    private async Task NoteAsync(JsonElement batch, string last, int rows, CancellationToken cancellationToken)
    {
        await _leftOut.FlushAsync(cancellationToken);
        _rows.Flush(flushToDisk: true);
        Dictionary<string, long> leftOut = new(Progress.LeftOut);
        foreach (JsonElement left in batch.GetProperty("left_out").EnumerateArray())
        {
            string reason = left.GetProperty("reason").GetString()!;
            leftOut[reason] = leftOut.GetValueOrDefault(reason) + 1;
        }

        Progress = Progress with
        {
            After = last,
            Users = Progress.Users + batch.GetProperty("users").GetInt32(),
            LeftOut = leftOut,
            Rows = Progress.Rows + rows,
            RowBytes = _rows.Position,
            LeftOutBytes = _leftOut.BaseStream.Position,
        };
        await File.WriteAllBytesAsync(Note + ".tmp", JsonSerializer.SerializeToUtf8Bytes(Progress, ExportProgressJson.Default.ExportProgress), cancellationToken);
        File.Move(Note + ".tmp", Note, overwrite: true);
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"")}\"";

    private static FileStream Open(string path, long length)
    {
        FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        file.SetLength(Math.Min(length, file.Length));
        file.Position = file.Length;
        return file;
    }
}
