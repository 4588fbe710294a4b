using System.Text.Json;
using Aisle.Local.Sqlite;
using Aisle.Ports;

namespace Aisle.Local.Workspaces;

/// <summary>Alerts as lines of JSON in a file, and through a callback for the host's log.</summary>
/// <param name="file">Grows by one line an alert.</param>
/// <param name="onAlert">Told of each alert before it is written: a full disk does not keep the log from it.</param>
public sealed class FileAlertSink(string file, Action<Alert> onAlert) : IAlertSink, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <inheritdoc/>
    public async Task RaiseAsync(Alert alert, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        onAlert(alert);
        string line = JsonSerializer.Serialize(alert, StateJson.Default.Alert) + "\n";
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await File.AppendAllTextAsync(file, line, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
