using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Aisle.Events;
using Aisle.Events.Features;
using Microsoft.AspNetCore.Http;

namespace Aisle.IngestEvent.Tests.Collecting;

public sealed class CollectorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_single_event_is_accepted_and_published_under_its_pseudonym()
    {
        (int status, JsonElement body) = await _world.SendAsync("/v1/events", World.Event());
        await _world.Worker.DrainAsync(TestContext.Current.CancellationToken);

        Assert.Equal(202, status);
        Assert.Equal("""{"accepted":1,"duplicates":0,"rejected":[]}""", body.GetRawText());
        InteractionEvent written = Assert.Single(_world.Warehouse.Events);
        Assert.Equal(_world.Pseudonymizer.UserOf("raw-user"), written.User);
    }

    [Fact]
    public async Task No_raw_user_id_reaches_the_queue()
    {
        await _world.SendAsync("/v1/events", World.Event(extra: ""","assignment_id":"raw-visitor" """));

        string published = Encoding.UTF8.GetString((await _world.Queue.LeaseAsync(1, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken))[0].Data.Span);
        Assert.DoesNotContain("raw-", published);
    }

    [Fact]
    public async Task A_bad_event_names_field_problem_and_remedy_and_the_rest_goes_on()
    {
        (int status, JsonElement body) = await _world.SendAsync(
            "/v1/events", $$"""{"events":[{{World.Event("a")}},{{World.Event("b", ""","quantity":-1""")}},17,{{World.Event("c")}},{{World.Event("a")}}]}""");

        Assert.Equal(202, status);
        Assert.Equal(2, body.GetProperty("accepted").GetInt32());
        Assert.Equal(1, body.GetProperty("duplicates").GetInt32());
        JsonElement first = body.GetProperty("rejected")[0];
        Assert.Equal(1, first.GetProperty("index").GetInt32());
        Assert.Equal("b", first.GetProperty("event_id").GetString());
        Assert.Equal("quantity", first.GetProperty("problems")[0].GetProperty("field").GetString());
        Assert.NotEqual("", first.GetProperty("problems")[0].GetProperty("remedy").GetString());
        Assert.Equal(2, body.GetProperty("rejected")[1].GetProperty("index").GetInt32());
    }

    [Theory]
    [InlineData("{", 400, "body")]
    [InlineData("""{"events":[]}""", 400, "events")]
    [InlineData("[]", 400, "events")]
    [InlineData("null", 400, "events")]
    [InlineData("\"x\"", 400, "events")]
    [InlineData("""{"events":{}}""", 400, "events")]
    [InlineData("""{"event_id":NaN}""", 400, "body")]
    [InlineData("""{"events":[{}],"sent_at":"2026-01-15T12:00:00Z"}""", 400, "sent_at")]
    [InlineData("""{"events":[{}],"events":[{}]}""", 400, "events")]
    public async Task A_body_that_is_no_batch_is_a_problem_that_names_the_field(string body, int expected, string field)
    {
        (int status, JsonElement problem) = await _world.SendAsync("/v1/events", body);

        Assert.Equal(expected, status);
        Assert.Equal(field, problem.GetProperty("problems")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_bare_list_is_a_batch_and_what_is_no_object_in_it_has_that_one_problem()
    {
        (int status, JsonElement body) = await _world.SendAsync("/v1/events", $"[{World.Event()},null]");

        Assert.Equal((202, 1), (status, body.GetProperty("accepted").GetInt32()));
        Assert.Equal(["event"], Fields(body));
    }

    [Theory]
    [InlineData(""","unit_price":-1,"quantity":-3,"currency":"eur" """, "currency", "quantity", "unit_price")]
    [InlineData(""","unit_price":1,"currency":"XQZ" """, "currency")]
    [InlineData(""","unit_price":1,"currency":7""", "currency")]
    [InlineData(""","currency":"euro" """, "currency")]
    [InlineData(""","colour":"red","prodct_id":null,"colour":"blue" """, "colour", "prodct_id")]
    [InlineData(""","event_id":"e2" """, "event_id")]
    [InlineData(""","event\u005fid":"e2","event_id":null""", "event_id")]
    [InlineData(""","ingested_at":"2026-01-15T12:00:00Z","revenue_minor":1250""", "ingested_at", "revenue_minor")]
    public async Task All_problems_of_an_event_come_together_each_field_once(string extra, params string[] fields)
    {
        JsonElement body = (await _world.SendAsync("/v1/events", World.Event(extra: extra))).Body;

        Assert.Equal(fields, Fields(body));
    }

    /// <summary>The fields of the first rejected event.</summary>
    private static IEnumerable<string> Fields(JsonElement answer) =>
        answer.GetProperty("rejected")[0].GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("field").GetString()!).Order(StringComparer.Ordinal);

    [Fact]
    public async Task More_than_five_hundred_events_and_more_than_four_megabytes_are_refused()
    {
        (int tooMany, _) = await _world.SendAsync("/v1/events", $$"""{"events":[{{string.Join(',', Enumerable.Repeat("{}", 501))}}]}""");
        (int tooLarge, _) = await _world.SendAsync("/v1/events", $"\"{new string('x', 10_000_000)}\"");

        Assert.Equal(400, tooMany);
        Assert.Equal(413, tooLarge);
    }

    [Fact]
    public async Task A_login_carries_the_visitors_features_and_assignment_to_the_user()
    {
        await _world.SendAsync("/v1/events", World.Event());
        await _world.Worker.DrainAsync(TestContext.Current.CancellationToken);

        (int status, JsonElement body) = await _world.SendAsync("/v1/identities", """{"anonymous_id":"raw-user","user_id":"known"}""");
        await _world.SendAsync("/v1/identities", """{"anonymous_id":"raw-user","user_id":"known"}""");

        UserId visitor = _world.Pseudonymizer.UserOf("raw-user");
        Assert.Equal((202, """{"accepted":1}"""), (status, body.GetRawText()));
        ShopperProfile known = (await _world.Profiles.ReadAsync(_world.Pseudonymizer.UserOf("known"), TestContext.Current.CancellationToken))!.Value;
        Assert.Equal(visitor.Value, known.Assignment!.Value.Value);
        Assert.Single(known.Recent);
        Assert.Empty((await _world.Profiles.ReadAsync(visitor, TestContext.Current.CancellationToken))!.Value.Recent);
    }

    [Fact]
    public async Task What_a_visitor_did_before_the_login_is_the_users_also_when_it_comes_later_and_what_follows_is_the_visitors()
    {
        await _world.SendAsync("/v1/events", World.Event("before"));
        await _world.SendAsync("/v1/identities", """{"anonymous_id":"raw-user","user_id":"known"}""");
        await _world.Worker.DrainAsync(TestContext.Current.CancellationToken);
        _world.Clock.Advance(TimeSpan.FromMinutes(2));
        await _world.SendAsync("/v1/events", World.Event("after").Replace("12:00:00", "12:01:00", StringComparison.Ordinal));
        await _world.Worker.DrainAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["before"], await RecentAsync("known"));
        Assert.Equal(["after"], await RecentAsync("raw-user"));
    }

    [Fact]
    public async Task A_buyers_features_move_with_the_operators_key_alone_and_the_answer_is_the_same()
    {
        const string Theft = """{"anonymous_id":"raw-user","user_id":"thief"}""";
        await _world.SendAsync("/v1/events", World.Event(extra: ""","quantity":1,"unit_price":5,"currency":"EUR" """).Replace("view", "purchase", StringComparison.Ordinal));
        await _world.Worker.DrainAsync(TestContext.Current.CancellationToken);

        (int status, JsonElement body) = await _world.SendAsync("/v1/identities", Theft);

        Assert.Equal((202, """{"accepted":1}"""), (status, body.GetRawText()));
        Assert.Equal(["e1"], await RecentAsync("raw-user"));
        await World.SendAsync(_world.Collect, "POST", "/v1/identities", Theft, World.OperatorKey);
        Assert.Equal(["e1"], await RecentAsync("thief"));
    }

    [Fact]
    public async Task A_circle_of_logins_ends()
    {
        await _world.SendAsync("/v1/identities", """{"anonymous_id":"raw-user","user_id":"known"}""");
        await _world.SendAsync("/v1/identities", """{"anonymous_id":"known","user_id":"raw-user"}""");
        await _world.SendAsync("/v1/identities", """{"anonymous_id":"raw-user","user_id":"known"}""");
        await _world.SendAsync("/v1/events", World.Event("before"));
        await _world.Worker.DrainAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, _world.Queue.Count);
        Assert.Single([.. await RecentAsync("known"), .. await RecentAsync("raw-user")]);
    }

    private async Task<IEnumerable<string>> RecentAsync(string user) =>
        (await _world.Profiles.ReadAsync(_world.Pseudonymizer.UserOf(user), TestContext.Current.CancellationToken))!.Value.Recent.Select(recent => recent.Id.Value);

    [Fact]
    public async Task An_event_with_half_a_character_is_rejected_and_the_rest_goes_on()
    {
        (int status, JsonElement body) = await _world.SendAsync("/v1/events", $$"""{"events":[{{World.Event("a", ""","page_type":"\ud83d" """)}},{{World.Event("b", ""","page_type":"\ud83d\ude00" """)}}]}""");

        Assert.Equal(202, status);
        Assert.Equal(1, body.GetProperty("accepted").GetInt32());
        Assert.Equal("page_type", body.GetProperty("rejected")[0].GetProperty("problems")[0].GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("/v1/events", """{"event_id":"e","\ud800":1}""")]
    [InlineData("/v1/events", """{"events":[{"\udc00x":1}]}""")]
    [InlineData("/v1/identities", """{"anonymous_id":"\ud83d","user_id":"u"}""")]
    public async Task A_body_that_halves_a_character_where_it_cannot_be_told_apart_is_refused(string path, string body)
    {
        (int status, JsonElement problem) = await _world.SendAsync(path, body);

        Assert.Equal(400, status);
        Assert.Contains("surrogate", problem.GetProperty("problems")[0].GetProperty("problem").GetString());
    }

    [Fact]
    public async Task A_beacon_comes_as_plain_text_and_is_read_like_any_batch()
    {
        (int status, JsonElement body) = await World.SendAsync(
            _world.Collect, "POST", "/v1/events", $$"""{"events":[{{World.Event("a")}},{{World.Event("b")}}]}""", World.CollectorKey, ("Content-Type", "text/plain;charset=UTF-8"));

        Assert.Equal(202, status);
        Assert.Equal(2, body.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task A_gzip_batch_is_accepted_and_a_bomb_is_refused()
    {
        string batch = $$"""{"events":[{{string.Join(',', Enumerable.Range(0, 500).Select(i => World.Event($"e{i}")))}}]}""";

        Assert.Equal(202, await SendPackedAsync(Encoding.UTF8.GetBytes(batch)));
        Assert.Equal(413, await SendPackedAsync(new byte[300_000_000]));
    }

    [Fact]
    public async Task Every_problem_of_every_event_of_a_full_batch_is_reported()
    {
        string bad = """{"event_id":"","user_id":"u","event_type":"refund","event_timestamp":"yesterday","revenue":5,"quantity":0,"position":3,"currency":"€"}""";
        (int status, JsonElement body) = await _world.SendAsync("/v1/events", $$"""{"events":[{{string.Join(',', Enumerable.Repeat(bad, 500))}}]}""");

        Assert.Equal(202, status);
        Assert.Equal(500, body.GetProperty("rejected").GetArrayLength());
        Assert.All(body.GetProperty("rejected").EnumerateArray(), rejected => Assert.Equal(
            ["currency", "event_id", "event_timestamp", "order_id", "product_id", "quantity", "revenue", "slate_id"],
            rejected.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("field").GetString()!).Order(StringComparer.Ordinal)));
    }

    private async Task<int> SendPackedAsync(byte[] plain)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        DefaultHttpContext context = World.Request("POST", "/v1/events", "", World.CollectorKey, ("Content-Encoding", "gzip"));
        context.Request.Body = new MemoryStream(packed.ToArray());
        await _world.Collect.Routes.HandleAsync(context);
        return context.Response.StatusCode;
    }

    [Theory]
    [InlineData("""{"anonymous_id":"a"}""", "user_id")]
    [InlineData("""{"anonymous_id":"a","user_id":"a"}""", "user_id")]
    [InlineData("[]", "anonymous_id")]
    [InlineData("""{"anonymous_id":"a","user_id":"b","user":"c"}""", "user")]
    [InlineData("""{"anonymous_id":"a","user_id":"b","user_id":"c"}""", "user_id")]
    public async Task An_incomplete_identity_is_refused(string body, string field)
    {
        (int status, JsonElement problem) = await _world.SendAsync("/v1/identities", body);

        Assert.Equal(400, status);
        Assert.Equal(field, problem.GetProperty("problems")[0].GetProperty("field").GetString());
    }
}
