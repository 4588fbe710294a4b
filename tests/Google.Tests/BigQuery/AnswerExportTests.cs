using Aisle.Events;
using Aisle.GoogleCloud.BigQuery;
using Aisle.Sql;
using Aisle.Testing;

namespace Aisle.GoogleCloud.Tests.BigQuery;

/// <summary>Feedback that comes by Parquet files on the mounted bucket is the feedback that comes by pages.</summary>
public sealed class AnswerExportTests(GoogleFixture fixture) : GoogleTest(fixture), IDisposable
{
    private const string Bucket = "shop-aisle-models";

    private readonly TemporaryFolder _mount = new();

    private BigQueryWarehouse Paged => field ??= new BigQueryWarehouse(GoogleClients.BigQuery(Options), Options, Impatient);

    public void Dispose()
    {
        _mount.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    public async Task Exported_feedback_equals_paged_feedback_and_its_files_are_removed(double share)
    {
        InteractionEvent[] events = [.. Enumerable.Range(0, 150).Select(i => Some.Event($"e{i}", $"user-{i % 40}", $"p{i % 7}") with { OccurredAt = Some.Instant.AddSeconds(-i) })];
        await Paged.AppendAsync(events, Token);
        BigQueryWarehouse paged = new(GoogleClients.BigQuery(Options), Options with { SampledShare = share }, Impatient);

        List<UserItemScore> expected = await ReadAsync(paged);
        List<UserItemScore> exported = await ReadAsync(Exporting(share));

        Assert.NotEmpty(expected);
        Assert.Equal(expected.OrderBy(score => score.User).ThenBy(score => score.Product), exported.OrderBy(score => score.User).ThenBy(score => score.Product));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_mount.Path, AnswerExport.Folder)));
        string statement = Google.BigQuery.Endpoints.JobConfigurations.Select(job => (string)job["query"]!["query"]!).Last(sql => sql.Contains("EXPORT DATA"));
        Assert.StartsWith($"EXPORT DATA OPTIONS (uri = 'gs://{Bucket}/.exports/user_item_scores-", statement);
    }

    [Fact]
    public async Task An_answer_without_rows_is_empty() => Assert.Empty(await ReadAsync(Exporting(1)));

    [Fact]
    public async Task A_mount_that_is_not_the_bucket_is_named()
    {
        await Paged.AppendAsync([Some.Event()], Token);
        using TemporaryFolder elsewhere = new();
        BigQueryWarehouse exporting = Exporting(1);
        Google.BigQuery.CreateBucket(Bucket, elsewhere.Path);

        IOException other = await Assert.ThrowsAsync<IOException>(() => ReadAsync(exporting));

        Assert.Contains("AISLE_EXPORT_BUCKET", other.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_Parquet_is_named()
    {
        string file = _mount.File("part-000000000000.parquet");
        await File.WriteAllTextAsync(file, "not Parquet at all", Token);

        InvalidDataException broken = await Assert.ThrowsAsync<InvalidDataException>(async () => await ParquetAnswer.ReadAsync(file, Token).CountAsync(Token));

        Assert.Contains(file, broken.Message);
    }

    private BigQueryWarehouse Exporting(double share)
    {
        Google.BigQuery.CreateBucket(Bucket, _mount.Path);
        return new BigQueryWarehouse(
            GoogleClients.BigQuery(Options), Options with { SampledShare = share, ExportBucket = Bucket, ModelsFolder = _mount.Path }, Impatient);
    }

    private static async Task<List<UserItemScore>> ReadAsync(BigQueryWarehouse warehouse)
    {
        Dictionary<string, object> parameters = new()
        {
            ["from"] = Some.Instant.AddDays(-90),
            ["cutoff"] = Some.Instant.AddDays(1),
            ["decay"] = 0.01,
            ["damped"] = true,
            ["cap"] = 10_000.0,
        };
        return await warehouse.QueryAsync(PortableQueries.UserItemScores, parameters, Token).ToListAsync(Token);
    }
}
