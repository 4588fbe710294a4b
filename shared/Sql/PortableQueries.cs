using Aisle.Events;

namespace Aisle.Sql;

/// <summary>The queries that both warehouses run.</summary>
public static class PortableQueries
{
    /// <summary>The training matrix as of a cut: one row per shopper and product, ordered by both.</summary>
    public static PortableQuery<UserItemScore> UserItemScores { get; } = new(
        "user_item_scores",
        Load("user_item_scores"),
        ["from", "cutoff", "decay", "damped", "cap"],
        row => new UserItemScore(
            new UserId(row.Text(0)!), new ProductId(row.Text(1)!), row.Number(2)!.Value, row.Instant(3)!.Value));

    private static string Load(string name)
    {
        using Stream stream = typeof(PortableQueries).Assembly.GetManifestResourceStream($"Aisle.Sql.{name}.sql")
            ?? throw new InvalidOperationException($"The statement {name}.sql is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
