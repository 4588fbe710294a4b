using Aisle.Sql;
using Aisle.Testing;

namespace Aisle.Local.Tests.PortableSql.Google;

/// <summary>Which of several copies of an event BigQuery keeps, on Google's reference evaluator.</summary>
[Collection(nameof(ReferenceEvaluator))]
public sealed class MergeStatementTests
{
    private static readonly DateTimeOffset Accepted = Some.Instant;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Merged/merge_events.sql", "USING (", ") AS fresh")]
    [InlineData("Merged/interaction_events.sql", "WITH fresh AS (", "),\nknown")]
    [InlineData("interaction_events.sql", "VIEW aisle.interaction_events AS", ";")]
    public async Task Of_copies_that_were_accepted_in_one_microsecond_the_same_one_counts_in_any_order(string file, string begin, string end)
    {
        string? absence = await ReferenceEvaluator.ReasonForAbsenceAsync(Token);
        Assert.SkipWhen(absence is not null, absence ?? "");
        object?[] first = ["e", "user-1", "view", "lamp", Accepted, Accepted];
        object?[] second = ["e", "user-1", "view", "chair", Accepted, Accepted];
        object?[] later = ["e", "user-1", "view", "apple", Accepted, Accepted.AddMicroseconds(1)];
        string statement = Statement(file, begin, end);

        IReadOnlyList<IRow> forwards = await Of(first, second, later).OnEvaluatorAsync(statement, Token);
        IReadOnlyList<IRow> backwards = await Of(later, second, first).OnEvaluatorAsync(statement, Token);

        Assert.Equal("chair", Assert.Single(forwards).Text(0));
        Assert.Equal("chair", Assert.Single(backwards).Text(0));
    }

    private static SmallTables Of(params object?[][] rows) => new(SmallTables.Table(
        "interaction_events_raw",
        [("event_id", "STRING"), ("user_id", "STRING"), ("event_type", "STRING"), ("product_id", "STRING"), ("event_timestamp", "TIMESTAMP"), ("ingested_at", "TIMESTAMP")],
        rows));

    private static string Statement(string file, string begin, string end)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "google", "Sql", file));
        int start = text.LastIndexOf(begin, StringComparison.Ordinal) + begin.Length;
        string copies = text[start..text.IndexOf(end, start, StringComparison.Ordinal)];
        string now = $"TIMESTAMP '{Accepted.AddHours(1):yyyy-MM-dd HH:mm:ss}+00'";
        return $"SELECT product_id FROM "
            + $"({copies.Replace("aisle.", "", StringComparison.Ordinal).Replace("@run_time", now, StringComparison.Ordinal).Replace("CURRENT_TIMESTAMP()", now, StringComparison.Ordinal)})";
    }
}
