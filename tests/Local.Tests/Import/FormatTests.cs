using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Local.Import;
using Aisle.Local.Import.Datasets;
using Aisle.Local.Import.Files;
using Aisle.Local.Tests.Import.ShopExports;

namespace Aisle.Local.Tests.Import;

/// <summary>Each format on a few lines of our own, with the field names that its publisher documents.</summary>
public sealed class FormatTests
{
    private const string Rees46 =
        """
        event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session
        2019-10-01 00:00:00 UTC,view,44600062,2103807459595387724,appliances.kitchen.kettle,shiseido,35.79,541312140,72d76fde
        2019-10-01 00:00:04 UTC,cart,44600062,2103807459595387724,appliances.kitchen.kettle,shiseido,35.79,541312140,72d76fde
        2019-10-01 00:00:09 UTC,purchase,44600062,2103807459595387724,appliances.kitchen.kettle,shiseido,30.00,541312140,72d76fde
        2019-10-01 00:00:09 UTC,purchase,44600062,2103807459595387724,appliances.kitchen.kettle,shiseido,30.00,541312140,72d76fde
        2019-10-01 00:00:10 UTC,wish,44600062,2103807459595387724,,,1,541312140,72d76fde
        """;

    [Fact]
    public async Task Rees46_gives_events_with_sessions_and_products_with_their_latest_price()
    {
        ImportedText read = await ImportedText.ReadAsync(new Rees46Importer(), Rees46);

        Assert.Equal([EventType.View, EventType.AddToCart, EventType.Purchase, EventType.Purchase], read.Events.Select(happened => happened.Type));
        Assert.Equal(4, read.Events.Select(happened => happened.Id).Distinct().Count());
        Assert.Equal(6000, read.Summary.RevenueMinor["USD"]);
        Assert.All(read.Events, happened => Assert.Equal("72d76fde", happened.Session?.Value));
        Product kettle = Assert.Single(read.Products);
        Assert.Equal(("appliances", "kitchen.kettle", "shiseido", 3000L, "USD"), (kettle.Category, kettle.Subcategory, kettle.Brand, kettle.PriceMinor, kettle.Currency));
        Assert.Contains("wish", Assert.Single(read.Rejected).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_journey_gives_sales_in_dollars_and_leaves_coupons_out()
    {
        ImportedText read = await ImportedText.ReadAsync(
            new CompleteJourneyImporter(),
            """
            household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,week,transaction_timestamp
            906,319,31198705046,1075313,2.0,3.5,0.29,0.0,0.0,1,2017-01-01 12:30:27
            906,319,31198705046,1075314,0.0,0.0,0.29,1.0,0.0,1,2017-01-01 12:30:27
            """);

        ImportedEvent sale = Assert.Single(read.Events);
        Assert.Equal((350L, 175L, 2, "906", "31198705046"), (sale.RevenueMinor, sale.UnitPriceMinor, sale.Quantity, sale.Shopper, sale.Order?.Value));
        Assert.Contains("coupon", Assert.Single(read.Rejected).Kind, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_journeys_products_have_department_and_category()
    {
        Product product = Assert.Single((await ImportedText.ReadAsync(
            new CompleteJourneyImporter(),
            "product_id,manufacturer_id,department,brand,product_category,product_type,package_size\n25671,2,GROCERY,National,FRZN "
            + "ICE,ICE - CRUSHED/CUBED,22 LB\n")).Listed);

        Assert.Equal(("ICE - CRUSHED/CUBED 22 LB", "GROCERY", "FRZN ICE", "National"), (product.Title, product.Category, product.Subcategory, product.Brand));
    }

    [Fact]
    public async Task Complete_journeys_households_have_an_age_bracket_when_it_is_known()
    {
        ImportedText read = await ImportedText.ReadAsync(
            new CompleteJourneyImporter(), "household_id,age,income,home_ownership,marital_status,household_size\n1,65+,35-49K,Homeowner,Married,2\n2,NA,,,,1\n");

        Assert.Equal(new ImportedShopper("1", "65+"), Assert.Single(read.Rows.OfType<ImportedRow.Described>()).Content);
        Assert.Contains("unknown age", Assert.Single(read.Rejected).Kind, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Movielens_weighs_liking_more_than_seeing()
    {
        ImportedText read = await ImportedText.ReadAsync(
            new MovieLensImporter(), "userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n1,32,3.5,1260759145\n1,33,4.0,1260759146\n1,34,9,1260759146\n");

        Assert.Equal([EventType.View, EventType.Click, EventType.Purchase], read.Events.Select(happened => happened.Type));
        Assert.Contains("rating", Assert.Single(read.Rejected).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Movielens_films_have_genres_and_years_as_tags()
    {
        Product film = Assert.Single((await ImportedText.ReadAsync(
            new MovieLensImporter(), "movieId,title,genres\n1,\"Toy Story, The (1995)\",Adventure|Animation\n")).Listed);

        Assert.Equal(("Toy Story, The (1995)", "Adventure"), (film.Title, film.Category));
        Assert.Equal(["Adventure", "Animation", "1995"], film.Tags);
    }

    [Theory]
    [InlineData("reviewerID,asin,overall,unixReviewTime,summary,reviewText\nA1,B1,5.0,1393545600,good,\"fine, really\"\n")]
    [InlineData("""{"reviewerID":"A1","asin":"B1","overall":5.0,"unixReviewTime":1393545600,"summary":"good"}""")]
    public async Task An_amazon_review_is_a_purchase_as_csv_and_as_json(string text)
    {
        ImportedEvent bought = Assert.Single((await ImportedText.ReadAsync(new AmazonReviewsImporter(), text)).Events);

        Assert.Equal((EventType.Purchase, "A1", "B1"), (bought.Type, bought.Shopper, bought.Product?.Value));
        Assert.Equal("amazon-A1-B1-1393545600", bought.Id.Value);
    }

    [Theory]
    [InlineData("user_id,items\n7,5 9 5\n")]
    [InlineData("7 5 9 5\n")]
    public async Task A_sequence_keeps_its_order_and_repeats_and_ends_for_all_at_once(string text)
    {
        ImportedText read = await ImportedText.ReadAsync(new AmazonSequencesImporter(), text);

        Assert.Equal(["5", "9", "5"], read.Events.OrderBy(happened => happened.OccurredAt).Select(happened => happened.Product?.Value));
        Assert.Equal(AmazonSequencesImporter.EndsAt, read.Events.Max(happened => happened.OccurredAt));
        Assert.Equal(3, read.Events.Select(happened => happened.Id).Distinct().Count());
        Assert.Equal(1, read.Summary.Rows);
    }

    [Fact]
    public async Task Hm_keeps_leading_zeros_and_takes_no_scaled_price()
    {
        ImportedText read = await ImportedText.ReadAsync(
            new HmImporter(), "t_dat,customer_id,article_id,price,sales_channel_id\n2018-09-20,000058a1,0663713001,0.0508,2\n2018-09-20,000058a1,0663713001,0.0508,2\n");

        Assert.Equal(2, read.Events.Select(happened => happened.Id).Distinct().Count());
        Assert.All(read.Events, sale => Assert.Equal(("0663713001", null), (sale.Product?.Value, sale.RevenueMinor)));
    }

    [Fact]
    public async Task Hm_articles_have_names_groups_and_colours()
    {
        Product article = Assert.Single((await ImportedText.ReadAsync(
            new HmImporter(),
            "article_id,product_code,prod_name,product_type_name,product_group_name,graphical_appearance_name,colour_group_name,index_name,section_name,detail_desc\n"
            + "0108775015,0108775,Strap top,Vest top,Garment Upper body,Solid,Black,Ladieswear,Womens Everyday Basics,\"Jersey top, "
            + "narrow straps.\"\n")).Listed);

        Assert.Equal(("0108775015", "Strap top", "Garment Upper body", "Vest top"), (article.Id.Value, article.Title, article.Category, article.Subcategory));
        Assert.Contains("Black", article.Tags);
    }

    [Fact]
    public void Each_format_is_told_by_looking()
    {
        string[] detected =
        [
            Detected(Rees46), Detected("userId,movieId,rating,timestamp\n"), Detected(Ga4ImporterTests.Purchase), Detected("id\ttitle\tavailability\tprice\n"),
            Detected("event_type,product_id,event_timestamp\n"), Detected("""{"product_id":"p"}"""), Detected("1 2 3\n"), Detected("what,is,this\n"),
        ];

        Assert.Equal(["rees46", "movielens", "ga4", "merchant-center", "csv", "jsonl", "amazon-sequences", "none"], detected);
    }

    private static string Detected(string text)
    {
        using DatasetFile file = ImportedText.File(text);
        return DatasetImporters.Detect(file)?.Name ?? "none";
    }
}
