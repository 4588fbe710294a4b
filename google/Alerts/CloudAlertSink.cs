using System.Text.Json;
using Aisle.Ports;
using Google.Cloud.PubSub.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Aisle.GoogleCloud.Alerts;

/// <summary>Alerts as log entries, urgent ones CRITICAL on Cloud Logging, where a log-based alert finds them; and, when a topic is configured,
/// as messages to whoever listens.</summary>
/// <param name="logger">The host's.</param>
/// <param name="publisher">One per process; not used without a topic.</param>
/// <param name="options">Which topic.</param>
public sealed class CloudAlertSink(ILogger<CloudAlertSink> logger, PublisherServiceApiClient publisher, GoogleOptions options) : IAlertSink
{
    /// <inheritdoc/>
    public async Task RaiseAsync(Alert alert, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        LogLevel level = alert.IsUrgent ? LogLevel.Critical : LogLevel.Warning;
        logger.Log(level, "Alert {Kind} at {RaisedAt:O}, recovery {IsRecovery}: {Message}", alert.Kind, alert.RaisedAt, alert.IsRecovery, alert.Message);
        if (options.AlertsTopic is { } topic)
        {
            await publisher.PublishAsync(new TopicName(options.ProjectId, topic), [Message(alert)], cancellationToken);
        }
    }

    private static PubsubMessage Message(Alert alert) => new()
    {
        Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(new
        {
            kind = alert.Kind,
            recovery = alert.IsRecovery,
            urgent = alert.IsUrgent,
            message = alert.Message,
            raised_at = alert.RaisedAt,
        })),
        Attributes = { ["kind"] = alert.Kind },
    };
}
