using System.Net;
using System.Net.Http.Headers;
using Aisle.Events.Features;
using Aisle.Events.Wire;
using Aisle.GoogleCloud.BigQuery;
using Aisle.GoogleCloud.Firestore;
using Aisle.IngestEvent.GoogleCloud;
using Aisle.Numerics;
using Aisle.Sql;
using Aisle.Testing;
using Google;
using Google.Cloud.Functions.Hosting;
using Google.Cloud.Functions.Testing;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.GoogleCloud.Tests.EntryPoints;

/// <summary>Each message five times, in random order, while stores fail: nothing is lost, nothing counts twice.</summary>
public sealed class RedeliveryTests(GoogleFixture fixture) : EntryPointTest(fixture)
{
    private const int Messages = 24;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, -15)]
    [InlineData(3, 15)]
    public async Task Five_deliveries_in_random_order_with_failing_stores_leave_what_one_delivery_leaves(ulong seed, int clockIsAheadByMinutes)
    {
        using FunctionTestServer server = FunctionTestServerBuilder.Create<IngestEventFunction>()
            .UseFunctionsStartups(new IngestEventStartup(), new Surroundings(Variables), new Impatience(Some.Instant.AddMinutes(clockIsAheadByMinutes))).Build();
        SeededRandom random = new(seed);
        List<int> deliveries = [.. Enumerable.Range(0, Messages).SelectMany(message => Enumerable.Repeat(message, 5))];
        for (int last = deliveries.Count - 1; last > 0; last--)
        {
            int other = random.NextInt(last + 1);
            (deliveries[last], deliveries[other]) = (deliveries[other], deliveries[last]);
        }

        HashSet<int> accepted = [];
        for (int turn = 0; turn < deliveries.Count; turn++)
        {
            Disturb(turn);
            if (await DeliverAsync(server, deliveries[turn]) == HttpStatusCode.OK)
            {
                accepted.Add(deliveries[turn]);
            }
        }

        Assert.Equal(Messages, accepted.Count);
        UserItemScore[] scores = await ScoresAsync();
        Assert.Equal(Messages, scores.Length);
        Assert.All(scores, score => Assert.Equal(1, score.Score));
        ShopperProfile profile = (await new FirestoreProfileStore(GoogleClients.Firestore(Options), Impatient).ReadAsync(Some.User(), Token))!.Value;
        Assert.Equal(Messages, profile.Recent.DistinctBy(recent => recent.Id).Count());
        Assert.Equal(profile.Recent.Count, profile.Recent.DistinctBy(recent => recent.Id).Count());
    }

    /// <summary>Quotas, conflicts and outages, some of which the adapters outlast and some of which the message pays for.</summary>
    private void Disturb(int turn)
    {
        switch (turn % 9)
        {
            case 1:
                Google.BigQuery.Endpoints.FailRequest(429, "rateLimitExceeded");
                break;
            case 2:
                Google.Firestore.Faults.Add("write", StatusCode.Aborted, StatusCode.Unavailable);
                break;
            case 3:
                Google.BigQuery.Endpoints.FailRow("backendError");
                break;
            case 5:
                Google.BigQuery.Endpoints.FailRequest(403, "quotaExceeded");
                break;
            case 6:
                Google.Firestore.Faults.Add("BatchGetDocuments", StatusCode.Unavailable);
                break;
            case 8:
                Google.Firestore.Faults.Add("write", StatusCode.ResourceExhausted);
                break;
            case 7:
                Google.BigQuery.Endpoints.FailRequest(401, "authError"); // expired credentials: not tried again by us, delivered again by Pub/Sub
                break;
        }
    }

    private static async Task<HttpStatusCode> DeliverAsync(FunctionTestServer server, int message)
    {
        string data = Convert.ToBase64String(EventWire.Encode(Some.Event($"e{message}", product: $"p{message}") with { OccurredAt = Some.Instant.AddSeconds(-message) }));
        using StringContent body = new(
            $$"""{"message":{"data":"{{data}}","messageId":"m{{message}}","publishTime":"2026-01-15T10:00:00Z"},"subscription":"projects/p/subscriptions/s"}""", new MediaTypeHeaderValue("application/json"));
        using HttpClient client = server.CreateClient();
        try
        {
            using HttpResponseMessage answer = await client.PostAsync(new Uri("/projects/p/topics/events", UriKind.Relative), body, Token);
            return answer.StatusCode;
        }
        catch (Exception fault) when (fault is GoogleApiException or InvalidOperationException or RpcException)
        {
            return HttpStatusCode.InternalServerError; // what the host makes of it; the test server hands it on
        }
    }

    private async Task<UserItemScore[]> ScoresAsync()
    {
        BigQueryWarehouse warehouse = new(GoogleClients.BigQuery(Options), Options, Impatient);
        return await warehouse.QueryAsync(
            PortableQueries.UserItemScores,
            new Dictionary<string, object>
            {
                ["from"] = Some.Instant.AddDays(-90),
                ["cutoff"] = Some.Instant.AddDays(1),
                ["decay"] = 0.0,
                ["damped"] = false,
                ["cap"] = 10_000.0,
            },
            Token).ToArrayAsync(Token);
    }

    /// <summary>Comes after the surroundings: the adapters wait between attempts by this clock.</summary>
    private sealed class Impatience(DateTimeOffset now) : FunctionsStartup
    {
        public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services) => services.AddSingleton<TimeProvider>(new ImpatientClock(now));
    }
}
