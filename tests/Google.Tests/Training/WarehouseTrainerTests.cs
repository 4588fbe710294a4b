using Aisle.Catalogue;
using Aisle.Events;
using Aisle.GoogleCloud.Tests.Servers.BigQuery;
using Aisle.GoogleCloud.Training;
using Aisle.Testing;
using Aisle.Testing.Fakes;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.Tests.Training;

/// <summary>A training inside BigQuery over several ticks: jobs by the real client against the server, whose DuckDB stands aside
/// for what only BigQuery can run.</summary>
public sealed class WarehouseTrainerTests(GoogleFixture fixture) : GoogleTest(fixture)
{
    private static readonly QueryAnswer Nothing = new([], [], null);

    private readonly InMemoryCatalogueStore _catalogue = new();

    /// <summary>No other test's.</summary>
    private string Version => $"{Options.Dataset}x";

    private BigQueryEndpoints Server => Google.BigQuery.Endpoints;

    private BigQueryClient Client => field ??= GoogleClients.BigQuery(Options);

    [Fact]
    public async Task A_training_goes_on_tick_by_tick_and_begins_each_job_once()
    {
        await FillAsync();
        Server.StandIn(Version, Nothing);
        Server.Fates.Looks[$"aisle_{Version}_factors_"] = 3;

        TrainingProgress first = await Trainer().AdvanceAsync(Version, Some.Instant, Token);
        TrainingProgress second = await Trainer().AdvanceAsync(Version, Some.Instant, Token);
        TrainingProgress third = await Trainer().AdvanceAsync(Version, Some.Instant, Token);
        TrainingProgress fourth = await Trainer().AdvanceAsync(Version, Some.Instant, Token);

        Assert.Equal("factors factors factors ", $"{first.Current} {second.Current} {third.Current} {fourth.Current}");
        Assert.Equal(2, first.Done);
        string[] begun = [.. Server.JobConfigurations.Select(job => (string?)job["labels"]?["step"]).OfType<string>()];
        Assert.Equal(
            ["feedback", "factors", "expiry_of_factors", "user_factors", "item_factors", "terms", "content_pca", "expiry_of_content", "content_embeddings_pca", "content_profiles", "products", "product_shoppers", "walks", "shopper_tiers"],
            begun.TakeLast(14));
    }

    [Fact]
    public async Task The_catalogue_is_there_before_the_first_job_and_is_written_once()
    {
        await FillAsync();
        Server.StandIn(Version, Nothing);
        await Trainer().AdvanceAsync(Version, Some.Instant, Token);
        await Trainer().AdvanceAsync(Version, Some.Instant, Token);

        BigQueryResults rows = await Client.ExecuteQueryAsync(
            $"SELECT model_version, product_id, title, in_stock, created_date IS NULL AS undated FROM "
            + $"{Options.Dataset}.product_catalog_raw ORDER BY product_id",
            parameters: null, cancellationToken: Token);

        Assert.Equal(["p1 Cup True True", "p2  False False"], rows.Select(row => $"{row["product_id"]} {row["title"]} {row["in_stock"]} {row["undated"]}"));
    }

    [Theory]
    [InlineData("Training Matrix Factorization models is not available for on-demand usage. To train, please set up a reservation")]
    [InlineData("Using BQML related functionalities is disallowed in STANDARD edition")]
    public async Task A_missing_reservation_is_one_clear_error(string message)
    {
        await FillAsync();
        Server.StandIn(Version, Nothing);
        Server.Fates.Fail($"aisle_{Version}_factors_", "invalidQuery", message);

        TrainingRefusedException refused = await Assert.ThrowsAsync<TrainingRefusedException>(() => Trainer().AdvanceAsync(Version, Some.Instant, Token));

        Assert.Contains("needs a reservation of the edition Enterprise", refused.Message);
        Assert.Contains("AISLE_TRAINER=process", refused.Message);
    }

    [Fact]
    public async Task A_job_that_met_a_passing_fault_is_begun_again_under_the_next_id()
    {
        await FillAsync();
        Server.StandIn(Version, Nothing);
        Server.Fates.Fail($"aisle_{Version}_feedback_1", "backendError", "Try again.");

        Assert.True((await Trainer().AdvanceAsync(Version, Some.Instant, Token)).IsDone);
        Assert.Contains(Server.Seen, request => request.Contains($"/jobs/aisle_{Version}_feedback_2"));
    }

    [Theory]
    [InlineData(503, "backendError")]
    [InlineData(403, "rateLimitExceeded")]
    [InlineData(429, "rateLimitExceeded")]
    public async Task What_BigQuery_cannot_take_just_now_waits_for_the_next_tick(int status, string reason)
    {
        await FillAsync();
        Server.StandIn(Version, Nothing);
        WarehouseTrainer trainer = Trainer();
        Server.Fates.Looks[$"aisle_{Version}_feedback_"] = 1;
        Assert.Equal("feedback", (await trainer.AdvanceAsync(Version, Some.Instant, Token)).Current);
        Server.FailRequest(status, reason);
        Server.FailRequest(status, reason);

        TrainingProgress? busy = null;
        while (busy is not { IsDone: true })
        {
            busy = await trainer.AdvanceAsync(Version, Some.Instant, Token);
        }

        Assert.Equal(1, Server.JobConfigurations.Count(job => job.ToJsonString().Contains($"feedback_{Version}") && (string?)job["labels"]?["step"] == "feedback"));
    }

    [Fact]
    public async Task A_job_that_another_tick_began_meanwhile_is_looked_after_and_not_begun_again()
    {
        await FillAsync();
        Server.StandIn(Version, Nothing);
        WarehouseTrainer trainer = Trainer();
        Server.Fates.Looks[$"aisle_{Version}_feedback_"] = 2;
        Assert.Equal("feedback", (await trainer.AdvanceAsync(Version, Some.Instant, Token)).Current);
        string job = $"aisle_{Version}_feedback_";
        Server.Fates.Hidden[job] = 2; // asked whether anything was begun, and whether this job was; to begin it meets 409

        await trainer.AdvanceAsync(Version, Some.Instant, Token);

        Assert.True(Server.Fates.Hidden[job] < 0, "It was found after the conflict.");
        Assert.True((await trainer.AdvanceAsync(Version, Some.Instant, Token)).IsDone);
        Assert.Equal(1, Server.JobConfigurations.Count(begun => begun.ToJsonString().Contains($"feedback_{Version}") && (string?)begun["labels"]?["step"] == "feedback"));
    }

    [Fact]
    public async Task Without_products_there_is_nothing_to_train()
    {
        TrainingRefusedException refused = await Assert.ThrowsAsync<TrainingRefusedException>(() => Trainer().AdvanceAsync(Version, Some.Instant, Token));

        Assert.Contains("send products first", refused.Message);
    }

    [Fact]
    public async Task Figures_of_the_fit_are_read_by_their_names()
    {
        Server.StandIn(Version, new QueryAnswer([("mean_average_precision", "FLOAT"), ("average_rank", "FLOAT"), ("note", "STRING")], [["0.25", "0.5", "x"]], null));

        IReadOnlyDictionary<string, double>? figures = await Trainer().EvaluateAsync(Version, Some.Instant, Token);

        Assert.Equal(new Dictionary<string, double> { ["mean_average_precision"] = 0.25, ["average_rank"] = 0.5 }, figures);
    }

    [Fact]
    public void Options_that_BigQuery_would_refuse_hours_later_are_refused_at_once()
    {
        Assert.Contains("Factors", Assert.Throws<ArgumentOutOfRangeException>(() => Trainer(new TrainingOptions { Factors = 201 })).Message);
        Assert.Contains("Connection", Assert.Throws<ArgumentOutOfRangeException>(() => Trainer(new TrainingOptions { Content = ContentMethod.TextModel })).Message);
    }

    private WarehouseTrainer Trainer(TrainingOptions? options = null) => new(Client, Options, options ?? new TrainingOptions(), _catalogue, Impatient);

    private Task FillAsync() => _catalogue.UpsertAsync(
        [
            new Product { Id = new ProductId("p1"), Title = "Cup", Tags = ["kitchen"] },
            new Product { Id = new ProductId("p2"), InStock = false, CreatedDate = new DateOnly(2026, 1, 2) },
        ],
        Token);
}
