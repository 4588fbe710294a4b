using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>Keeps the alerts.</summary>
public sealed class InMemoryAlertSink : IAlertSink
{
    public List<Alert> All { get; } = [];

    public Task RaiseAsync(Alert alert, CancellationToken cancellationToken)
    {
        All.Add(alert);
        return Task.CompletedTask;
    }
}
