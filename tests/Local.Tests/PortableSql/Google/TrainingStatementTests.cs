using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aisle.GoogleCloud.BigQuery;
using Aisle.GoogleCloud.Training;
using Aisle.Sql;
using Aisle.Testing;

namespace Aisle.Local.Tests.PortableSql.Google;

/// <summary>What trains inside BigQuery (<c>google/Sql/Training</c>) is valid GoogleSQL over the tables of <c>google/Sql</c>, with BigQuery
/// ML and vector search registered.</summary>
[Collection(nameof(ReferenceEvaluator))]
public sealed class TrainingStatementTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "google", "Sql");

    private static readonly string[] Order =
    [
        "feedback", "factors", "expiry_of_factors", "user_factors", "item_factors", "item_factors_index", "terms", "content_pca", "content_autoencoder", "content_text", "expiry_of_content",
        "content_embeddings_pca", "content_embeddings_autoencoder", "content_embeddings_text", "content_index", "content_profiles", "products",
        "product_shoppers", "walks", "shopper_tiers", "candidates", "evaluation", "recommendations",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_training_statements_are_valid()
    {
        await SkipWithoutEvaluatorAsync();

        IReadOnlyDictionary<string, EvaluatedAnswer> answers = await ReferenceEvaluator.RunAsync(Job([.. Definitions(), .. Order.SelectMany(Statements)]), Token);

        Assert.Empty(answers.Where(answer => answer.Value.Error is not null).Select(answer => $"{answer.Key}: {answer.Value.Error}"));
        Assert.Equal(
            "user_id STRING, strategy STRING, product_id STRING, score FLOAT64, source STRING",
            string.Join(", ", answers["candidates 0"].Columns.Select(column => $"{column.Name} {column.Type}")));
        Assert.Equal(
            "product_id STRING, sparse ARRAY<STRUCT<index INT64, value FLOAT64>>, dense ARRAY<FLOAT64>",
            string.Join(", ", answers["terms 0"].Columns.Select(column => $"{column.Name} {column.Type}")));
    }

    [Fact]
    public async Task Analysts_views_and_the_hourly_merge_are_valid()
    {
        await SkipWithoutEvaluatorAsync();
        string[] folders = ["Views", "Merged"];
        string[] files = [.. folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Folder, folder), "*.sql")).Order(StringComparer.Ordinal)];

        IReadOnlyDictionary<string, EvaluatedAnswer> answers = await ReferenceEvaluator.RunAsync(
            Job([.. Definitions(), .. files.Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file).TrimEnd().TrimEnd(';')))]), Token);

        Assert.Equal(7, files.Length);
        Assert.Empty(answers.Where(answer => answer.Value.Error is not null).Select(answer => $"{answer.Key}: {answer.Value.Error}"));
        Assert.Equal(
            answers["interaction_events definition 0"].Columns.Select(column => column.Name), answers["interaction_events"].Columns.Select(column => column.Name));
    }

    [Fact]
    public async Task The_export_of_feedback_is_valid()
    {
        await SkipWithoutEvaluatorAsync();
        (string, string)[] statements =
        [
            ("export", ExportStatement.Of(PortableQueries.UserItemScores.Sql.Replace("FROM interaction_events", "FROM aisle.interaction_events", StringComparison.Ordinal), "bucket", ".exports/1")),
            ("misspelt", "EXPORT DATA OPTIONS (url = 'gs://bucket/1-*.parquet', format = 'PARQUET') AS SELECT 1 AS x"),
        ];

        IReadOnlyDictionary<string, EvaluatedAnswer> answers = await ReferenceEvaluator.RunAsync(Job([.. Definitions(), .. statements]), Token);

        Assert.Null(answers["export"].Error);
        Assert.Contains("Unknown option: url", answers["misspelt"].Error);
    }

    [Fact]
    public async Task Erasure_and_the_sample_of_feedback_are_valid()
    {
        await SkipWithoutEvaluatorAsync();
        string[] derived = ["feedback_v1", "user_factors_v1", "content_profiles_v1", "shopper_tiers_v1", "product_shoppers_v1"];
        (string Name, string Statement)[] erasure =
        [
            .. PersonalRows.All.Concat(PersonalRows.In([.. derived, "item_factors_v1", "walks_v1"]))
                .Select((rows, number) => ($"erase {number}", $"DELETE FROM {InDataset(rows.Rows)}")),
        ];
        string sample = FeedbackSample.Of(InDataset(PortableQueries.UserItemScores.Sql), 0.05);

        IReadOnlyDictionary<string, EvaluatedAnswer> answers = await ReferenceEvaluator.RunAsync(
            Job([.. Definitions(), .. Order.SelectMany(Statements), .. erasure, ("sample", sample)]), Token);

        Assert.Equal(PersonalRows.All.Count + derived.Length, erasure.Length);
        Assert.Empty(answers.Where(answer => answer.Value.Error is not null).Select(answer => $"{answer.Key}: {answer.Value.Error}"));

        static string InDataset(string sql) => Regex.Replace(
            sql, @"^(?=\w+ WHERE)|(?<=FROM )(?=interaction_events\b|slates_raw\b)", "aisle.", RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Every_training_statement_is_tried() => Assert.Equal(
        Order.Concat(["fusion", "walk_sums", "agreement"]).Order(),
        Directory.EnumerateFiles(Path.Combine(Folder, "Training"), "*.sql").Select(file => Path.GetFileNameWithoutExtension(file)).Order());

    [Theory]
    [InlineData("CREATE MODEL aisle.m OPTIONS (model_type = 'AUTOENCODER', hidden_units = [256, 128, 64], l2_reg = 0.1) AS SELECT 1 AS x", "Unknown option: l2_reg")]
    [InlineData("CREATE MODEL aisle.m OPTIONS (model_type = 'MATRIX_FACTORIZATION', num_factors = 'many') AS SELECT 1 AS x", "num_factors")]
    [InlineData("CREATE MODEL aisle.m OPTIONS (model_type = 'KMEANS', num_clusters = 3) AS SELECT 1 AS x", "Unknown option")]
    [InlineData("CREATE VECTOR INDEX i ON aisle.exposures(variant) OPTIONS (index_kind = 'IVF')", "Unknown option: index_kind")]
    [InlineData("SELECT predicted_rating FROM ML.RECOMMEND(MODEL aisle.factors, (SELECT 'u' AS user_id))", "Unrecognized name: predicted_rating")]
    [InlineData("SELECT user_id FROM ML.RECOMMEND(MODEL aisle.factors, STRUCT(10 AS top_k))", "must be a relation")]
    [InlineData("SELECT x FROM VECTOR_SEARCH(TABLE aisle.exposures, 'variant', TABLE aisle.exposures, top => 3)", "top")]
    public async Task What_BigQuery_refuses_is_refused_here(string statement, string because)
    {
        await SkipWithoutEvaluatorAsync();
        const string Model = "CREATE MODEL aisle.factors OPTIONS (model_type = 'MATRIX_FACTORIZATION') AS SELECT 'u' AS user_id, 'p' AS "
            + "product_id, 1.0 AS rating";

        IReadOnlyDictionary<string, EvaluatedAnswer> answers =
            await ReferenceEvaluator.RunAsync(Job([.. Definitions(), ("model", Model), ("wrong", statement)]), Token);

        Assert.Null(answers["model"].Error);
        Assert.Contains(because, answers["wrong"].Error);
    }

    [Theory]
    [InlineData("SELECT '${word}'", "it's")]
    [InlineData("SELECT ${word}", "1; DROP TABLE x")]
    [InlineData("SELECT ${other}", "a")]
    public void A_value_that_could_leave_its_place_is_refused(string template, string value) =>
        Assert.Throws<ArgumentException>(() => SqlTemplate.Fill(template, new Dictionary<string, object> { ["word"] = value }));

    private static async Task SkipWithoutEvaluatorAsync()
    {
        string? absence = await ReferenceEvaluator.ReasonForAbsenceAsync(Token);
        Assert.SkipWhen(absence is not null, absence ?? "");
    }

    private static IEnumerable<(string Name, string Statement)> Definitions() => Directory.EnumerateFiles(Folder, "*.sql")
        .Order(StringComparer.Ordinal)
        .SelectMany(file => Split(File.ReadAllText(file)).Select((statement, number) => ($"{Path.GetFileNameWithoutExtension(file)} "
            + $"definition {number}", statement)));

    private static IEnumerable<(string Name, string Statement)> Statements(string name)
    {
        Dictionary<string, object> values = TrainingValues.Of("v1", Some.Instant, new TrainingOptions { Connection = "shop.eu.text" }, new Dictionary<string, string>
        {
            ["user_item_scores"] = PortableQueries.UserItemScores.Sql,
            ["fusion"] = Read("fusion"),
            ["walk_sums"] = Read("walk_sums"),
            ["recommendations"] = Read("recommendations"),
            ["agreement"] = Read("agreement"),
        });
        values["shard"] = 7;
        return Split(SqlTemplate.Fill(Read(name), values)).Select((statement, number) => ($"{name} {number}", statement));
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(Folder, "Training", $"{name}.sql"));

    private static string[] Split(string text) => text.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static JsonObject Job(IEnumerable<(string Name, string Statement)> statements) => new()
    {
        ["datasets"] = new JsonArray(),
        ["cases"] = new JsonArray([.. statements.Select(statement => new JsonObject
        {
            ["name"] = statement.Name,
            ["statement"] = statement.Statement,
            ["dataset"] = null,
            ["parameters"] = new JsonArray([.. Parameters.Select(parameter => new JsonObject { ["name"] = parameter.Name, ["type"] = parameter.Type })]),
        })]),
    };

    private static (string Name, string Type)[] Parameters { get; } =
        [("run_time", "TIMESTAMP"), ("user", "STRING"), ("since", "TIMESTAMP"), ("from", "TIMESTAMP"), ("cutoff", "TIMESTAMP"), ("decay", "FLOAT64"), ("damped", "BOOL"), ("cap", "FLOAT64")];
}
