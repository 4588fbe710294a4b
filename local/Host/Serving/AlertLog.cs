using Aisle.Ports;

namespace Aisle.Host.Serving;

/// <summary>Alerts in the host's log, as the cloud's sink has them in its own.</summary>
internal static class AlertLog
{
    /// <summary>Who tells the log of alerts.</summary>
    /// <param name="services">Where the log is.</param>
    public static Action<Alert> Of(IServiceProvider services)
    {
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Aisle.Alerts");
        return alert => logger.Log(
            alert.IsUrgent ? LogLevel.Critical : LogLevel.Warning, "{Kind} {State}: {Message}", alert.Kind, alert.IsRecovery ? "recovered" : "raised", alert.Message);
    }
}
