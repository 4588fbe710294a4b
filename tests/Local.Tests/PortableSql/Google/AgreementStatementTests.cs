using Aisle.Candidates.Hybrid;
using Aisle.GoogleCloud.Training;
using Aisle.Testing;

namespace Aisle.Local.Tests.PortableSql.Google;

/// <summary>How much of BigQuery ML's own lists our ranking finds again (<c>google/Sql/Training/agreement.sql</c>), by hand, on both engines.</summary>
[Collection(nameof(ReferenceEvaluator))]
public sealed class AgreementStatementTests
{
    private static readonly (string, string)[] Pairs = [("user_id", "STRING"), ("product_id", "STRING")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Lists of two: of Anna's b and c the ranking has b, and of Bert's a and c, which it ranks alike, it takes a and b by name.</summary>
    [Fact]
    public Task What_is_found_again_is_counted_among_as_many_as_a_list_has() => AgreesAsync(
        expected: 0.5,
        recommended: [["anna", "b"], ["anna", "c"], ["bert", "a"], ["bert", "c"]],
        ranked: [["anna", "a", 0.9], ["anna", "b", 0.8], ["anna", "c", 0.1], ["bert", "a", 0.5], ["bert", "b", 0.5], ["bert", "c", 0.5]]);

    [Fact]
    public Task Without_lists_there_is_no_answer() => AgreesAsync(expected: null, recommended: [[null, null]], ranked: [["anna", "a", 0.9]], where: " WHERE user_id IS NOT NULL");

    private static async Task AgreesAsync(double? expected, object?[][] recommended, object?[][] ranked, string where = "")
    {
        SmallTables tables = new(
            SmallTables.Table("given", Pairs, recommended), SmallTables.Table("ranked", [.. Pairs, ("score", "FLOAT64")], ranked));
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "google", "Sql", "Training", "agreement.sql"));
        TrainingOptions options = new() { Hybrid = new HybridOptions { ListLength = 2 } };
        string statement = SqlTemplate.Fill(text, TrainingValues.Of("v1", Some.Instant, options, new Dictionary<string, string>()))
            .Replace("WITH best", $"WITH recommended AS (SELECT * FROM given{where}), best", StringComparison.Ordinal);

        Assert.Equal(expected, Assert.Single(tables.OnDuckDb(statement)).Number(0));
        string? absence = await ReferenceEvaluator.ReasonForAbsenceAsync(Token);
        Assert.SkipWhen(absence is not null, absence ?? "");
        Assert.Equal(expected, Assert.Single(await tables.OnEvaluatorAsync(statement, Token)).Number(0));
    }
}
