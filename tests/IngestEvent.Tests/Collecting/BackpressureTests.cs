using System.Text.Json;
using Aisle.IngestEvent.Collecting;
using Aisle.Local.Sqlite;
using Aisle.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.IngestEvent.Tests.Collecting;

/// <summary>A flood or a store that is down costs answers of 503, never memory and never an accepted event.</summary>
public sealed class BackpressureTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Bodies_beyond_the_bound_are_turned_away_until_others_are_answered()
    {
        Admission admission = new(100);
        Admission.Ticket first = admission.TryEnter(60)!;

        Assert.Null(admission.TryEnter(41));
        using Admission.Ticket? second = admission.TryEnter(40);
        Assert.NotNull(second);
        first.Dispose();
        first.Dispose(); // answering twice frees nothing twice
        Assert.Null(admission.TryEnter(61));
        Assert.NotNull(admission.TryEnter(60));
    }

    [Fact]
    public async Task Requests_under_way_at_once_are_bounded_and_the_others_are_asked_to_come_again()
    {
        // Bodies of unknown length count as the largest that is allowed, so four fit into the bound of the tests' world.
        TaskCompletionSource gate = new();
        Task<(int Status, string RetryAfter)>[] requests = [.. Enumerable.Range(0, 10).Select(_ => SendSlowlyAsync(gate.Task))];
        gate.SetResult();
        (int Status, string RetryAfter)[] answers = await Task.WhenAll(requests);

        Assert.Equal(4, answers.Count(answer => answer.Status == 202));
        Assert.Equal(6, answers.Count(answer => answer is { Status: 503, RetryAfter: "1" }));
        Assert.Equal(202, (await _world.SendAsync("/v1/events", World.Event())).Status);
    }

    [Fact]
    public async Task A_full_queue_is_answered_503_with_the_remedy_and_nothing_acknowledged_is_lost()
    {
        using TemporaryFolder folder = new();
        using SqliteDatabase database = new(folder.File("queue.sqlite"), isDurable: true, SqliteEventQueue.Schema + "PRAGMA max_page_count = 30;");
        using SqliteEventQueue queue = new(database, new FakeTimeProvider(Some.Instant));
        CollectEventsEndpoint endpoint = _world.CollectorOn(queue);
        int accepted = 0;
        (int Status, JsonElement Body) answer;
        for (int i = 0; (answer = await SendBatchAsync(endpoint, i)).Status == 202; i++)
        {
            accepted += answer.Body.GetProperty("accepted").GetInt32();
        }

        Assert.Equal(503, answer.Status);
        Assert.Contains("free some space", answer.Body.GetProperty("detail").GetString());
        Assert.True(accepted > 0);
        Assert.Equal(accepted, queue.CountWaiting());
    }

    private static Task<(int Status, JsonElement Body)> SendBatchAsync(CollectEventsEndpoint endpoint, int batch) => World.SendAsync(
        endpoint, "POST", "/v1/events", $$"""{"events":[{{string.Join(',', Enumerable.Range(0, 50).Select(i => World.Event($"e{batch}-{i}")))}}]}""", World.CollectorKey);

    private async Task<(int Status, string RetryAfter)> SendSlowlyAsync(Task gate)
    {
        DefaultHttpContext context = World.Request("POST", "/v1/events", World.Event(), World.CollectorKey);
        context.Request.ContentLength = null;
        context.Request.Body = new GatedStream(context.Request.Body, gate);
        await _world.Collect.Routes.HandleAsync(context);
        return (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString());
    }

    /// <summary>A body that comes only when the gate opens.</summary>
    private sealed class GatedStream(Stream inner, Task gate) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            await gate;
            return await inner.ReadAsync(buffer, cancellationToken);
        }
    }
}
