using Aisle.GoogleCloud.Alerts;
using Aisle.Ports;
using Aisle.Testing;
using Google.Cloud.PubSub.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aisle.GoogleCloud.Tests.Alerts;

public sealed class CloudAlertSinkTests(GoogleFixture fixture) : GoogleTest(fixture)
{
    private static readonly Alert Stale = new("model_stale", false, "The model is 37 h old.", Some.Instant);

    [Fact]
    public async Task An_alert_is_published_to_its_topic()
    {
        CloudAlertSink sink = new(NullLogger<CloudAlertSink>.Instance, GoogleClients.Publisher(Options), Options);

        await sink.RaiseAsync(Stale, Token);

        PubsubMessage published = Assert.Single(Google.PubSub.Broker.Published(Options.ProjectId, "alerts"));
        Assert.Equal("model_stale", published.Attributes["kind"]);
        Assert.Contains("\"message\":\"The model is 37 h old.\"", published.Data.ToStringUtf8());
    }

    [Fact]
    public async Task Without_a_topic_it_is_logged_only()
    {
        CloudAlertSink sink = new(NullLogger<CloudAlertSink>.Instance, GoogleClients.Publisher(Options), Options with { AlertsTopic = null });

        await sink.RaiseAsync(Stale, Token);

        Assert.Empty(Google.PubSub.Broker.Published(Options.ProjectId, "alerts"));
    }
}
