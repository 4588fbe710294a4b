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

    /// <summary>What each exposed visitor of an experiment did after the first exposure, ordered by visitor.</summary>
    public static PortableQuery<ExperimentUser> ExperimentUsers { get; } = new(
        "experiment_users",
        Load("experiment_users"),
        ["experiment", "from", "to"],
        row => new ExperimentUser(
            new AssignmentId(row.Text(0)!), row.Text(1)!, row.Whole(2)!.Value, row.Whole(3)!.Value, row.Whole(4)!.Value, row.Whole(5)!.Value,
            row.Whole(6)!.Value, row.Text(7)));

    /// <summary>What was bought, line by line, ordered by time.</summary>
    public static PortableQuery<PurchasedLine> OrderLines { get; } = new(
        "order_lines",
        Load("order_lines"),
        ["from", "to"],
        row => new PurchasedLine(
            row.Text(0) is { } order ? new OrderId(order) : null, row.Text(1) is { } user ? new UserId(user) : null, new ProductId(row.Text(2)!),
            row.Instant(3)!.Value));

    private static string Load(string name)
    {
        using Stream stream = typeof(PortableQueries).Assembly.GetManifestResourceStream($"Aisle.Sql.{name}.sql")
            ?? throw new InvalidOperationException($"The statement {name}.sql is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
