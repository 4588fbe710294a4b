using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aisle.Sql;
using Aisle.Testing;

namespace Aisle.Local.Tests.PortableSql.Google;

/// <summary>The analysts' views (<c>google/Sql/Views</c>) over a few rows, by hand, on Google's reference evaluator.</summary>
[Collection(nameof(ReferenceEvaluator))]
public sealed partial class AnalystViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly (string, string)[] EventColumns =
    [
        ("event_id", "STRING"), ("user_id", "STRING"), ("event_type", "STRING"), ("product_id", "STRING"), ("event_timestamp", "TIMESTAMP"), ("session_id", "STRING"),
        ("device_type", "STRING"), ("revenue_minor", "INT64"), ("currency", "STRING"), ("order_id", "STRING"), ("slate_id", "STRING"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_day_is_counted_by_kind_device_and_currency_and_what_has_no_device_is_unknown() => GivesAsync(
        "daily_activity",
        [
            """{"day":"2026-01-15","event_type":"purchase","device_type":"phone","currency":"EUR","events":2,"shoppers":1,"sessions":1,"orders":1,"revenue_minor":700}""",
            """{"day":"2026-01-15","event_type":"view","device_type":"unknown","currency":"none","events":3,"shoppers":2,"sessions":1,"orders":0,"revenue_minor":0}""",
        ],
        Events(
            Event("e1", "anna", "view", "p1"), Event("e2", "bert", "view", "p1", device: "unknown"), Event("e3", "bert", "view", "p2"),
            Event("e4", "anna", "purchase", "p1", device: "phone", revenue: 500, order: "o1"), Event("e5", "anna", "purchase", "p2", device: "phone", revenue: 200, order: "o1")));

    [Fact]
    public Task A_product_is_counted_under_its_newest_name_and_refunds_lower_its_revenue() => GivesAsync(
        "product_performance",
        [
            """{"product_id":"p1","title":"New cup","category":null,"brand":null,"shoppers":2,"views":2,"clicks":1,"carts":0,"purchases":1,"net_revenue_minor":200,"purchases_per_view":0.5}""",
            """{"product_id":"p2","title":null,"category":null,"brand":null,"shoppers":1,"views":0,"clicks":0,"carts":1,"purchases":0,"net_revenue_minor":0,"purchases_per_view":null}""",
        ],
        Events(
            Event("e1", "anna", "view", "p1"), Event("e2", "bert", "view", "p1"), Event("e3", "anna", "click", "p1"), Event("e4", "anna", "purchase", "p1", revenue: 500),
            Event("e5", "anna", "refund", "p1", revenue: -300), Event("e6", "bert", "add_to_cart", "p2"), Event("e7", "bert", "page_view", null)),
        SmallTables.Table(
            "product_catalog", [("product_id", "STRING"), ("title", "STRING"), ("category", "STRING"), ("brand", "STRING"), ("written_at", "TIMESTAMP")],
            [["p1", "Old cup", null, null, Now.AddDays(-2)], ["p1", "New cup", null, null, Now.AddDays(-1)]]));

    /// <summary>Anna was only shown something, Bert has 2 products, Carl 3, Dora 5, Emil 6, Fay is of an experiment and only had impressions.</summary>
    [Fact]
    public Task Tiers_are_by_distinct_products_and_count_those_without_an_event() => GivesAsync(
        "shopper_tiers_now",
        [
            """{"tier":"content_only","shoppers":1}""",
            """{"tier":"content_plus_neighbours","shoppers":2}""",
            """{"tier":"full_hybrid","shoppers":1}""",
            """{"tier":"popularity_cohort","shoppers":2}""",
        ],
        Events([.. Views("bert", 2), .. Views("bert", 1), .. Views("carl", 3), .. Views("dora", 5), .. Views("emil", 6), Event("i", "fay", "impression", "p1")]),
        SmallTables.Table("slates_raw", [("user_id", "STRING"), ("served_at", "TIMESTAMP")], [["anna", Now], ["bert", Now], [null, Now], ["gone", Now.AddDays(-92)]]),
        SmallTables.Table("exposures", [("user_id", "STRING"), ("exposed_at", "TIMESTAMP")], [["fay", Now], ["fay", Now]]));

    [Fact]
    public Task A_slates_places_are_counted_with_what_became_of_them() => GivesAsync(
        "slate_performance",
        [
            """{"day":"2026-01-15","surface":"home","model_version":"none","slot":"personal","position":1,"slates":2,"places":2,"impressions":2,"clicks":1,"purchases":1,"revenue_minor":500,"click_through_rate":0.5}""",
            """{"day":"2026-01-15","surface":"home","model_version":"none","slot":"personal","position":2,"slates":1,"places":1,"impressions":0,"clicks":0,"purchases":0,"revenue_minor":0,"click_through_rate":null}""",
        ],
        Events(
            Event("e1", "anna", "impression", "p1", slate: "s"), Event("e2", "anna", "click", "p1", slate: "s"), Event("e3", "anna", "purchase", "p1", slate: "s", revenue: 500),
            Event("e4", "anna", "impression", "p1", slate: "t"), Event("e5", "anna", "click", "p2")),
        SmallTables.Table(
            "slates", [("slate_id", "STRING"), ("surface", "STRING"), ("model_version", "STRING"), ("served_at", "TIMESTAMP")], [["s", "home", null, Now], ["t", "home", null, Now]]),
        SmallTables.Table(
            "slate_items", [("slate_id", "STRING"), ("position", "INT64"), ("product_id", "STRING"), ("slot", "STRING")],
            [["s", 1L, "p1", "personal"], ["s", 2L, "p2", "personal"], ["t", 1L, "p1", "personal"]]));

    /// <summary>50 shoppers of Oslo, 49 of Rome; all touched p1, ten of Oslo p2 too. Of who was in Oslo the latest word counts.</summary>
    [Fact]
    public Task A_cohort_under_the_floor_is_not_shown() => GivesAsync(
        "cohort_popularity",
        [
            """{"age_bracket":null,"location":"Oslo","device_type":null,"members":50,"product_id":"p1","shoppers":50,"popularity":1}""",
            """{"age_bracket":null,"location":"Oslo","device_type":null,"members":50,"product_id":"p2","shoppers":10,"popularity":""" + (Math.Log(11) / Math.Log(51)).ToString("G17", CultureInfo.InvariantCulture) + "}",
        ],
        Events([
            .. Enumerable.Range(0, 99).Select(shopper => Event($"a{shopper}", $"u{shopper}", "view", "p1")),
            .. Enumerable.Range(0, 10).Select(shopper => Event($"b{shopper}", $"u{shopper}", "view", "p2"))]),
        SmallTables.Table(
            "user_attributes",
            [("user_id", "STRING"), ("age_bracket", "STRING"), ("location", "STRING"), ("device_type", "STRING"), ("updated_at", "TIMESTAMP")],
            [
                .. Enumerable.Range(0, 99).Select(shopper => new object?[] { $"u{shopper}", null, shopper < 50 ? "Oslo" : "Rome", null, Now.AddDays(-1) }),
                ["u98", null, "Oslo", null, Now.AddDays(-2)],
            ]));

    private static async Task GivesAsync(string view, string[] expected, params JsonObject[] tables)
    {
        string? absence = await ReferenceEvaluator.ReasonForAbsenceAsync(Token);
        Assert.SkipWhen(absence is not null, absence ?? "");
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "google", "Sql", "Views", $"{view}.sql"));
        string query = Head().Replace(text, "").TrimEnd().TrimEnd(';').Replace("aisle.", "", StringComparison.Ordinal)
            .Replace("CURRENT_TIMESTAMP()", $"TIMESTAMP '{Now:yyyy-MM-dd HH:mm:ss}+00'", StringComparison.Ordinal);

        IReadOnlyList<IRow> rows = await new SmallTables(tables).OnEvaluatorAsync($"SELECT TO_JSON_STRING(line) AS line FROM ({query}) AS line ORDER BY 1", Token);

        Assert.Equal(expected, rows.Select(row => row.Text(0)));
    }

    private static JsonObject Events(params object?[][] events) => SmallTables.Table("interaction_events", EventColumns, events);

    private static IEnumerable<object?[]> Views(string user, int products) => Enumerable.Range(0, products).Select(product => Event($"{user}{product}", user, "view", $"p{product}"));

    private static object?[] Event(
        string id, string user, string type, string? product, string? device = null, long? revenue = null, string? order = null, string? slate = null) =>
        [id, user, type, product, Now, "visit", device, revenue, revenue is null ? null : "EUR", order, slate];

    [GeneratedRegex(@"\A(--[^\n]*\n)*CREATE OR REPLACE VIEW aisle\.\w+ AS\n")]
    private static partial Regex Head();
}
