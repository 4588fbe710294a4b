using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>Keeps the alerts.</summary>
public sealed class InMemoryAlertSink : IAlertSink
{
    public List<Alert> All { get; } = [];

    /// <summary>Set to let alerts fail or wait, as a sink that is down or slow does.</summary>
    public Func<Task> OnRaise { get; set; } = () => Task.CompletedTask;

    public async Task RaiseAsync(Alert alert, CancellationToken cancellationToken)
    {
        await OnRaise();
        All.Add(alert);
    }
}
