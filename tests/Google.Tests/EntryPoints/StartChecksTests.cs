using Aisle.AbReport.GoogleCloud;
using Aisle.GoogleCloud.Start;
using Aisle.IngestEvent.GoogleCloud;
using Aisle.RetrainTrigger.GoogleCloud;
using Aisle.ScoreUser.GoogleCloud;
using Google.Cloud.Functions.Testing;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.EntryPoints;

/// <summary>A service that lacks a role, a table, a topic or its mount does not start, and says which.</summary>
public sealed class StartChecksTests(GoogleFixture fixture) : EntryPointTest(fixture)
{
    [Fact]
    public void Services_that_have_all_they_need_start()
    {
        using FunctionTestServer collector = Start<CollectEventsFunction>(new CollectEventsStartup());
        using FunctionTestServer ingester = Start<IngestEventFunction>(new IngestEventStartup());
        using FunctionTestServer retrainer = Start<RetrainTriggerFunction>(new RetrainTriggerStartup());
        using FunctionTestServer scorer = Start<ScoreUserFunction>(new ScoreUserStartup());
        using FunctionTestServer reporter = Start<AbReportFunction>(new AbReportStartup());
    }

    [Fact]
    public void All_that_is_missing_is_named_at_once()
    {
        Google.Firestore.Faults.Add("BatchGetDocuments", StatusCode.PermissionDenied);
        Dictionary<string, string?> variables = new(Variables) { ["AISLE_EVENTS_TOPIC"] = "no-such-topic" };

        string message = Refused(() => Start<CollectEventsFunction>(new CollectEventsStartup(), variables));

        Assert.Contains("roles/datastore.user", message);
        Assert.Contains("publish to no-such-topic", message);
        Assert.Contains("roles/pubsub.publisher", message);
    }

    [Fact]
    public void A_missing_role_on_the_tables_is_named()
    {
        Google.BigQuery.Endpoints.Denied["bigquery.tables.updateData"] = true;

        string message = Refused(() => Start<IngestEventFunction>(new IngestEventStartup()));

        Google.BigQuery.Endpoints.Denied.Clear();
        Assert.Contains("roles/bigquery.dataEditor", message);
    }

    [Fact]
    public void A_dataset_without_tables_and_a_mount_that_is_not_there_are_named()
    {
        Dictionary<string, string?> variables = new(Variables) { ["AISLE_DATASET"] = "elsewhere", ["AISLE_MODELS_FOLDER"] = "/no/such/mount" };

        string message = Refused(() => Start<RetrainTriggerFunction>(new RetrainTriggerStartup(), variables));

        Assert.Contains("query elsewhere", message);
        Assert.Contains("append to elsewhere.interaction_events_raw", message);
        Assert.Contains("mount the bucket of the model bundles", message);
    }

    [Theory]
    [InlineData("AISLE_ALERTS_TOPIC")]
    [InlineData("AISLE_SHARDS_TOPIC")]
    public void A_topic_of_the_retrainer_that_is_not_there_is_named_with_its_variable(string variable)
    {
        Dictionary<string, string?> variables = new(Variables)
        {
            ["AISLE_TRAINER"] = "bigquery", ["AISLE_SHARDS_TOPIC"] = "alerts", ["AISLE_ALERTS_TOPIC"] = "alerts", [variable] = "no-such-topic",
        };

        string message = Refused(() => Start<RetrainTriggerFunction>(new RetrainTriggerStartup(), variables));

        Assert.Contains("publish to no-such-topic", message);
        Assert.Contains(variable, message);
    }

    [Fact]
    public void What_is_only_out_of_reach_keeps_no_service_from_starting()
    {
        Google.PubSub.Faults.Add("TestIamPermissions", StatusCode.Internal);

        using FunctionTestServer server = Start<CollectEventsFunction>(new CollectEventsStartup());

        Assert.Contains(server.GetLogEntries(typeof(StartChecks)), entry => entry.Message.Contains("could not be tried"));
    }

    private static string Refused(Func<FunctionTestServer> start) => Assert.Throws<InvalidOperationException>(() => start().Dispose()).Message;
}
