namespace Aisle.Ports;

/// <summary>Where alerts go.</summary>
public interface IAlertSink
{
    /// <summary>Passes an alert on.</summary>
    Task RaiseAsync(Alert alert, CancellationToken cancellationToken);
}
