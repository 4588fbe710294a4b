using Aisle.Events;

namespace Aisle.Sql;

/// <summary>The queries that both warehouses run.</summary>
public static class PortableQueries
{
    /// <summary>The training matrix as of a cut: one row per shopper and product, in no order.</summary>
    public static PortableQuery<UserItemScore> UserItemScores { get; } = new(
        "user_item_scores",
        Load("user_item_scores"),
        ["from", "cutoff", "decay", "damped", "cap"],
        row => new UserItemScore(
            new UserId(row.Text(0)!), new ProductId(row.Text(1)!), row.Number(2)!.Value, row.Instant(3)!.Value));

    /// <summary>The sums of an experiment's arms for the standard measures, ordered by variant, standing and segment; other measures by
    /// <see cref="ExperimentArmsQuery"/>.</summary>
    public static PortableQuery<ExperimentArmsRow> ExperimentArms { get; } = new ExperimentArmsQuery(
        ExperimentMeasure.Standard,
        [new("revenue", null), ExperimentSum.Product("revenue", "revenue"), ExperimentSum.Product("revenue", "orders"), ExperimentSum.Product("clicks", "sessions")],
        []).Query;

    /// <summary>How net revenue spreads over the visitors who bought or gave back, ordered by variant and amount.</summary>
    public static PortableQuery<RevenueShare> ExperimentRevenue { get; } = new(
        "experiment_revenue",
        Load("experiment_revenue"),
        ["experiment", "from", "to"],
        row => new RevenueShare(row.Text(0)!, row.Whole(1)!.Value, row.Whole(2)!.Value));

    /// <summary>What each day of an experiment added, ordered by day, variant and bucket.</summary>
    public static PortableQuery<ExperimentDay> ExperimentDays { get; } = new(
        "experiment_days",
        Load("experiment_days"),
        ["experiment", "from", "to", "buckets"],
        row => new ExperimentDay(row.Whole(0)!.Value, row.Text(1)!, row.Whole(2)!.Value, row.Whole(3)!.Value, row.Whole(4)!.Value));

    /// <summary>The logged variants beside the bucket of each visitor, ordered by both.</summary>
    public static PortableQuery<LoggedAssignments> ExperimentAssignments { get; } = new(
        "experiment_assignments",
        Load("experiment_assignments"),
        ["experiment", "from", "to", "salt"],
        row => new LoggedAssignments(row.Text(0)!, row.Whole(1)!.Value, row.Whole(2)!.Value));

    /// <summary>How long pages took to load, ordered by variant and time; values of other measures by
    /// <see cref="ExperimentValuesQuery"/>.</summary>
    public static PortableQuery<MeasuredValues> ExperimentValues { get; } = new ExperimentValuesQuery(ExperimentMeasure.PageLoads).Values;

    /// <summary>What the clustered errors of two quantiles of page load times need in two variants, ordered by variant; others by
    /// <see cref="ExperimentValuesQuery"/>.</summary>
    public static PortableQuery<ValueClusters> ExperimentClusters { get; } =
        new ExperimentValuesQuery(ExperimentMeasure.PageLoads).Clusters([("control", [0, 0]), ("treatment", [0, 0])]).Query;

    /// <summary>How many products were shown how often, ordered by variant, bucket (all visitors first) and times.</summary>
    public static PortableQuery<ShownProducts> ExperimentItems { get; } = new(
        "experiment_items",
        Load("experiment_items"),
        ["experiment", "from", "to", "buckets"],
        row => new ShownProducts(row.Text(0)!, row.Whole(1), row.Whole(2)!.Value, row.Whole(3)!.Value));

    /// <summary>What each exposed visitor of an experiment did after the first exposure, ordered by visitor.</summary>
    public static PortableQuery<ExperimentUser> ExperimentUsers { get; } = new(
        "experiment_users",
        Load("experiment_users"),
        ["experiment", "from", "to", "before"],
        row => new ExperimentUser(
            new AssignmentId(row.Text(0)!), row.Text(1)!, row.Whole(2)!.Value, row.Whole(3)!.Value, row.Whole(4)!.Value, row.Whole(5)!.Value,
            row.Whole(6)!.Value, row.Text(7))
        {
            Orders = row.Whole(8)!.Value,
            Events = row.Whole(9)!.Value,
            RevenueBeforeMinor = row.Whole(10)!.Value,
            LastCurrency = row.Text(11),
        });

    /// <summary>The exposed visitors who paid in another currency than a given one, ordered by visitor.</summary>
    public static PortableQuery<AssignmentId> ExperimentCurrencies { get; } = new(
        "experiment_currencies",
        Load("experiment_currencies"),
        ["experiment", "from", "to", "currency"],
        row => new AssignmentId(row.Text(0)!));

    /// <summary>What slates of a surface showed, with what chance and success, ordered by user, slate and position.</summary>
    public static PortableQuery<LoggedPlace> LoggedPlaces { get; } = new(
        "logged_places",
        Load("logged_places"),
        ["surface", "variant", "from", "to"],
        row => new LoggedPlace(
            new UserId(row.Text(0)!), row.Whole(1)!.Value, new ProductId(row.Text(2)!), row.Whole(3) == 1, row.Number(4)!.Value, row.Whole(5) == 1));

    /// <summary>What was bought, line by line, ordered by time.</summary>
    public static PortableQuery<PurchasedLine> OrderLines { get; } = new(
        "order_lines",
        Load("order_lines"),
        ["from", "to"],
        row => new PurchasedLine(
            row.Text(0) is { } order ? new OrderId(order) : null, row.Text(1) is { } user ? new UserId(user) : null, new ProductId(row.Text(2)!),
            row.Instant(3)!.Value));

    /// <summary>What was touched in named visits, newest first.</summary>
    public static PortableQuery<SessionTouch> SessionTouches { get; } = new(
        "session_touches",
        Load("session_touches"),
        ["from", "to"],
        row => new SessionTouch(new SessionId(row.Text(0)!), new ProductId(row.Text(1)!), row.Instant(2)!.Value));

    /// <summary>One slate as it was logged, ordered by position.</summary>
    public static PortableQuery<LoggedSlateRow> LoggedSlate { get; } = new(
        "logged_slate",
        Load("logged_slate"),
        ["slate"],
        row => new LoggedSlateRow(
            row.Text(0) is { } user ? new UserId(user) : null, row.Text(1)!, row.Text(2)!, row.Text(3), row.Instant(4)!.Value, row.Text(5),
            row.Whole(6), row.Text(7) is { } product ? new ProductId(product) : null, row.Number(8) ?? 0, row.Text(9), row.Number(10) ?? 0));

    /// <summary>How many shoppers touched each product, most first, then by product.</summary>
    public static PortableQuery<PopularProduct> PopularProducts { get; } = new(
        "popular_products",
        Load("popular_products"),
        ["from", "to"],
        row => new PopularProduct(new ProductId(row.Text(0)!), row.Whole(1)!.Value));

    /// <summary>How often each product was shown, day by day, ordered by product and day.</summary>
    public static PortableQuery<ProductExposureDay> ProductExposure { get; } = new(
        "product_exposure",
        Load("product_exposure"),
        ["from", "to"],
        row => new ProductExposureDay(
            new ProductId(row.Text(0)!), DayOf(row.Whole(1)!.Value), row.Whole(2)!.Value, row.Whole(3)!.Value));

    /// <summary>How many slates each strategy answered and how many were clicked, day by day and surface by surface, ordered
    /// by day, surface and strategies.</summary>
    public static PortableQuery<ServedDay> ServedDays { get; } = new(
        "served_days",
        Load("served_days"),
        ["from", "to"],
        row => new ServedDay(DayOf(row.Whole(0)!.Value), row.Text(1)!, row.Text(2)!, row.Whole(3)!.Value, row.Whole(4)!.Value));

    /// <summary>How often each score was shown, day by day, ordered by day and score.</summary>
    public static PortableQuery<ScoreDay> ScoreDays { get; } = new(
        "score_days",
        Load("score_days"),
        ["from", "to"],
        row => new ScoreDay(DayOf(row.Whole(0)!.Value), row.Whole(1)!.Value, row.Whole(2)!.Value));

    /// <summary>The text of an embedded statement.</summary>
    internal static string Load(string name)
    {
        using Stream stream = typeof(PortableQueries).Assembly.GetManifestResourceStream($"Aisle.Sql.{name}.sql")
            ?? throw new InvalidOperationException($"The statement {name}.sql is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private static DateOnly DayOf(long days) => DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(days));
}
