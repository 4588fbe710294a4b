using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Shoppers;
using Aisle.Events;
using Aisle.GoogleCloud.PubSub;
using Aisle.GoogleCloud.Tests.Servers.BigQuery;
using Aisle.GoogleCloud.Training;
using Aisle.Testing;
using Aisle.Testing.Fakes;

namespace Aisle.GoogleCloud.Tests.Training;

/// <summary>One shard's lists from BigQuery's answer to where they are served from.</summary>
public sealed class CandidateExportTests(GoogleFixture fixture) : GoogleTest(fixture)
{
    private readonly InMemoryCandidateStore _candidates = new();
    private readonly List<int> _kept = [];

    /// <summary>No other test's.</summary>
    private string Version => $"{Options.Dataset}x";

    [Fact]
    public async Task A_shards_lists_are_written_whole_and_in_order()
    {
        Answer(["u1", "FullHybrid", "p1", "0.9", "Collaborative"], ["u1", "FullHybrid", "p2", "0.5", "Content"], ["u2", "ContentOnly", "p2", "0.7", "Content"], ["u2", "ContentOnly", "p3", "0.1", "Popularity"]);

        int? written = await Export().WriteAsync(Shard(7), from: 0, Keep, Token);

        Assert.Equal(2, written);
        CandidateList list = (await _candidates.ReadAsync(Version, new UserId("u1"), Token))!;
        Assert.Equal(Strategy.FullHybrid, list.Strategy);
        Assert.Equal([new(new ProductId("p1"), 0.9f, CandidateSource.Collaborative), new(new ProductId("p2"), 0.5f, CandidateSource.Content)], list.Items);
        Assert.Equal(2, (await _candidates.ReadAsync(Version, new UserId("u2"), Token))!.Items.Count);
    }

    [Fact]
    public async Task A_shard_that_still_computes_is_asked_again_later_and_computed_once()
    {
        Answer(["u1", "ContentOnly", "p1", "0.9", "Content"]);
        Google.BigQuery.Endpoints.Fates.Looks[$"aisle_{Version}_candidates_3_"] = 1;

        Assert.Null(await Export().WriteAsync(Shard(3), from: 0, Keep, Token));
        Assert.Equal(1, await Export().WriteAsync(Shard(3), from: 0, Keep, Token));
        Assert.Equal(1, await Export().WriteAsync(Shard(3), from: 0, Keep, Token));
        Assert.Equal(1, Google.BigQuery.Endpoints.JobConfigurations.Count(job => job.ToJsonString().Contains(Version)));
    }

    [Fact]
    public async Task A_shard_without_shoppers_is_empty()
    {
        Answer();

        Assert.Equal(0, await Export().WriteAsync(Shard(0), from: 0, Keep, Token));
    }

    [Fact]
    public async Task There_are_only_so_many_shards() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Export().WriteAsync(Shard(400), from: 0, Keep, Token));

    [Fact]
    public async Task A_repetition_goes_on_where_the_last_one_stopped()
    {
        Answer(["u1", "ContentOnly", "p1", "0.9", "Content"], ["u2", "ContentOnly", "p2", "0.7", "Content"]);

        Assert.Equal(2, await Export().WriteAsync(Shard(7), from: 1, Keep, Token));

        Assert.Null(await _candidates.ReadAsync(Version, new UserId("u1"), Token));
        Assert.NotNull(await _candidates.ReadAsync(Version, new UserId("u2"), Token));
        Assert.Equal([2], _kept);
    }

    [Fact]
    public async Task Weights_that_were_learnt_are_fused_by()
    {
        Answer();
        HybridWeights learnt = HybridWeights.Of(new HybridOptions { Alpha = 0.125 });

        await Export().WriteAsync(Shard(2) with { Weights = learnt }, from: 0, Keep, Token);

        string statement = (string)Google.BigQuery.Endpoints.JobConfigurations.Single(job => job.ToJsonString().Contains(Version))["query"]!["query"]!;
        Assert.Contains("WHEN 'FullHybrid' THEN 0.125", statement);
        Assert.Contains("WHEN 'FullHybrid' THEN 1.0 - 0.125", statement);
    }

    private ShardMessage Shard(int shard) => new(Version, Some.Instant, shard);

    private Task Keep(int written, CancellationToken cancellationToken)
    {
        _kept.Add(written);
        return Task.CompletedTask;
    }

    private void Answer(params string?[][] rows) => Google.BigQuery.Endpoints.StandIn(
        Version, new QueryAnswer([("user_id", "STRING"), ("strategy", "STRING"), ("product_id", "STRING"), ("score", "FLOAT"), ("source", "STRING")], rows, null));

    private CandidateExport Export() => new(GoogleClients.BigQuery(Options), Options, new TrainingOptions(), _candidates);
}
