using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Aisle.Host.Importing;

/// <summary>Writes progress as JSON Lines while the work goes on, without making it wait.</summary>
internal sealed class ProgressLines : IAsyncDisposable
{
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Stream _body;
    private readonly Task _writing;

    /// <summary>Begins to write.</summary>
    /// <param name="body">Where; stays the caller's.</param>
    public ProgressLines(Stream body)
    {
        _body = body;
        _writing = WriteAsync(CancellationToken.None);
    }

    /// <summary>Tells how far the work is.</summary>
    public void Tell(ImportProgress progress) => _lines.Writer.TryWrite(string.Create(
        CultureInfo.InvariantCulture, $$"""{"rows":{{progress.Rows}},"bytes_read":{{progress.BytesRead}},"bytes":{{progress.Bytes}}}"""));

    /// <summary>Writes the last line.</summary>
    public async Task EndAsync(string name, byte[] json, CancellationToken cancellationToken)
    {
        await DisposeAsync();
        using JsonDocument document = JsonDocument.Parse(json);
        using MemoryStream line = new();
        await using (Utf8JsonWriter writer = new(line)) // in one line, whatever lines it had
        {
            writer.WriteStartObject();
            writer.WritePropertyName(name);
            document.RootElement.WriteTo(writer);
            writer.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        await _body.WriteAsync(line.ToArray(), cancellationToken);
    }

    /// <summary>Waits until everything told is written.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await foreach (string line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            await _body.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
            await _body.FlushAsync(cancellationToken);
        }
    }
}
