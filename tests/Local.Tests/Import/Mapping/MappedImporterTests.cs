using System.Text;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Local.Import;
using Aisle.Local.Import.Mapping;
using Parquet;
using Parquet.Schema;

namespace Aisle.Local.Tests.Import.Mapping;

public sealed class MappedImporterTests
{
    private const string Map = "user=kunde,product=artikel,time=zeit,type=art,type:kauf=purchase,revenue=betrag,currency='EUR',order=bon";
    private const string Header = "kunde;artikel;zeit;art;betrag;bon\n";

    [Fact]
    public async Task Columns_constants_and_words_are_mapped()
    {
        ImportedEvent sale = Assert.Single((await ReadAsync(Header + "k1;a1;2026-01-15T12:00:00Z;kauf;12.50;b1\n")).Events);

        Assert.Equal((EventType.Purchase, "k1", "a1", 1250L, "EUR", "b1"), (sale.Type, sale.Shopper, sale.Product?.Value, sale.RevenueMinor, sale.Currency, sale.Order?.Value));
    }

    [Theory]
    [InlineData("2026-01-15T12:00:00Z")]
    [InlineData("2026-01-15T13:00:00+01:00")]
    [InlineData("2026-01-15 12:00:00")]
    [InlineData("2026-01-15 12:00:00 UTC")]
    [InlineData("1/15/2026 12:00")]
    [InlineData("1768478400")]
    [InlineData("1768478400.000")]
    [InlineData("1768478400000")]
    [InlineData("1768478400000000")]
    public async Task Times_of_many_forms_are_one_instant(string time) => Assert.Equal(
        new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero), Assert.Single((await ReadAsync(Header + $"k1;a1;{time};view;;\n")).Events).OccurredAt);

    [Fact]
    public async Task A_form_of_time_that_cannot_be_told_is_named_in_the_map()
    {
        ImportOptions options = Options(Map + ",time_format=dd/MM/yyyy HH:mm");

        Assert.Equal(
            new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.Zero),
            Assert.Single((await ImportedText.ReadAsync(MappedImporter.Csv, Header + "k1;a1;01/02/2026 12:00;view;;\n", options)).Events).OccurredAt);
    }

    [Theory]
    [InlineData("k1;a1;yesterday;view;;", "event_timestamp")]
    [InlineData("k1;a1;2026-01-15;wish;;", "event_type")]
    [InlineData("k1;a1;2026-01-15;purchase;12,50;", "revenue")]
    [InlineData("k1;;2026-01-15;view;;", "product_id")]
    [InlineData("k1;a1;2027-01-15;view;;", "event_timestamp")]
    [InlineData("k1;a1;2026-01-15;refund;-1;", "order_id")]
    [InlineData("k1;a1;2026-01-15", "malformed")]
    public async Task A_bad_row_is_left_out_with_its_line_field_and_remedy(string row, string field)
    {
        ImportedText read = await ReadAsync(Header + row + "\nk1;a1;2026-01-15;view;;\n");

        ImportedRow.Rejected rejected = Assert.Single(read.Rejected);
        Assert.Contains(field, rejected.Kind, StringComparison.Ordinal);
        Assert.Equal((2, row), (rejected.Line, rejected.Text));
        Assert.Single(read.Events);
    }

    [Fact]
    public async Task The_currency_of_a_row_without_an_amount_is_not_looked_at()
    {
        const string Rows = "user_id,product_id,event_timestamp,event_type,revenue,currency\nu,p,2026-01-15,view,,N/A\n";

        ImportedText read = await ImportedText.ReadAsync(MappedImporter.Csv, Rows);

        Assert.Empty(read.Rejected);
        Assert.Single(read.Events);
    }

    [Fact]
    public async Task A_second_currency_is_left_out_unless_it_is_let_in()
    {
        const string Rows = "user_id,product_id,event_timestamp,event_type,revenue,currency\nu,p,2026-01-15,purchase,1,EUR\nu,p,2026-01-16,purchase,1,USD\n";

        ImportedRow.Rejected rejected = Assert.Single((await ImportedText.ReadAsync(MappedImporter.Csv, Rows)).Rejected);
        Assert.Contains("USD", rejected.Detail, StringComparison.Ordinal);
        Assert.Contains("--any-currency", rejected.Detail, StringComparison.Ordinal);
        Assert.Equal(3, rejected.Line);
        Assert.Equal(
            new Dictionary<string, long> { ["EUR"] = 100, ["USD"] = 100 },
            (await ImportedText.ReadAsync(MappedImporter.Csv, Rows, ImportedText.Options with { AnyCurrency = true })).Summary.RevenueMinor);
    }

    [Fact]
    public async Task Rows_without_an_id_have_one_of_their_own_and_the_same_again()
    {
        const string Rows = Header + "k1;a1;2026-01-15;view;;\nk1;a1;2026-01-15;view;;\nk2;a1;2026-01-15;view;;\n";

        IReadOnlyList<ImportedEvent> first = (await ReadAsync(Rows)).Events;

        Assert.Equal(3, first.Select(happened => happened.Id).Distinct().Count());
        Assert.Equal(first.Select(happened => happened.Id), (await ReadAsync(Rows)).Events.Select(happened => happened.Id));
    }

    [Fact]
    public async Task Latin_letters_are_read_when_the_encoding_is_named_and_refused_when_not()
    {
        byte[] latin = Encoding.Latin1.GetBytes("product_id,title\np,Schäufelchen\n");

        Assert.Contains("--encoding", Assert.Single((await ImportedText.ReadAsync(MappedImporter.Csv, latin)).Rejected).Kind, StringComparison.Ordinal);
        Assert.Equal(
            "Schäufelchen",
            Assert.Single((await ImportedText.ReadAsync(MappedImporter.Csv, latin, ImportedText.Options with { Encoding = Encoding.Latin1 })).Listed).Title);
    }

    [Fact]
    public async Task A_byte_order_mark_tells_the_encoding() => Assert.Equal(
        "Schäufelchen",
        Assert.Single((await ImportedText.ReadAsync(MappedImporter.Csv, [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("product_id,title\np,Schäufelchen\n")])).Listed).Title);

    [Fact]
    public async Task A_field_that_is_too_long_for_anything_is_left_out_and_the_next_row_is_read()
    {
        ImportedText read = await ImportedText.ReadAsync(MappedImporter.Csv, $"product_id,title\np1,{new string('x', 300_000)}\np2,y\n");

        Assert.Contains("title", Assert.Single(read.Rejected).Kind, StringComparison.Ordinal);
        Assert.Equal("p2", Assert.Single(read.Listed).Id.Value);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_names_the_line_where_it_begins()
    {
        string rest = string.Concat(Enumerable.Repeat("p,x\n", 2_000_000));

        DatasetFormatException broken = await Assert.ThrowsAsync<DatasetFormatException>(() => ImportedText.ReadAsync(MappedImporter.Csv, "product_id,title\np1,y\np2,\"x\n" + rest));

        Assert.Contains("line 3", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_lines_are_read_into_objects_and_bad_lines_are_named()
    {
        ImportOptions options = Options("user=customer.id,product=sku,time=at,type='view'");

        ImportedText read = await ImportedText.ReadAsync(MappedImporter.JsonLines, """
            {"customer":{"id":"u1"},"sku":"p1","at":"2026-01-15T12:00:00Z"}
            {"customer":{"id":"u1"},"sku":"p1","at":

            [1]
            """, options);

        Assert.Equal("u1", Assert.Single(read.Events).Shopper);
        Assert.Equal([2L, 4L], read.Rejected.Select(row => row.Line));
    }

    [Fact]
    public async Task Products_are_read_with_price_and_stock()
    {
        Product product = Assert.Single((await ImportedText.ReadAsync(
            MappedImporter.Csv, "sku,label,eur,there\np1,Spade,12.50,no\n", Options("product=sku,title=label,price=eur,currency='EUR',in_stock=there"))).Listed);

        Assert.Equal(("p1", "Spade", 1250L, "EUR", false), (product.Id.Value, product.Title, product.PriceMinor, product.Currency, product.InStock));
    }

    [Fact]
    public async Task Parquet_columns_of_several_types_and_groups_are_read()
    {
        ImportedText read = await ImportedText.ReadAsync(MappedImporter.Parquet, await ParquetAsync(), Options("user=user,product=item,time=at,type='purchase',revenue=paid,currency='EUR'"));

        Assert.Empty(read.Rejected.Select(row => row.Detail));
        Assert.Equal([("7", "a", 1000L), ("8", "b", 250L), ("9", "a", null as long?)], read.Events.Select(sale => (sale.Shopper!, sale.Product!.Value.Value, sale.RevenueMinor)));
        Assert.Equal(Day(2), read.Events[1].OccurredAt);
    }

    [Fact]
    public async Task A_parquet_file_that_breaks_off_is_refused_with_a_remedy()
    {
        byte[] whole = await ParquetAsync();

        DatasetFormatException broken = await Assert.ThrowsAsync<DatasetFormatException>(() => ImportedText.ReadAsync(MappedImporter.Parquet, whole[..^100]));

        Assert.Contains("Parquet", broken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("usr=x", "usr")]
    [InlineData("user", "field=column")]
    [InlineData("nothing.json", "nothing.json")]
    public void A_map_that_cannot_be_read_says_what_is_wrong(string map, string words) =>
        Assert.Contains(words, Assert.Throws<DatasetFormatException>(() => DatasetImporters.ReadMap(map)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_map_that_names_a_missing_column_is_refused_with_those_there()
    {
        DatasetFormatException refused = await Assert.ThrowsAsync<DatasetFormatException>(() => ReadAsync("a,b\n1,2\n"));

        Assert.Contains("kunde", refused.Message, StringComparison.Ordinal);
        Assert.Contains("a, b", refused.Message, StringComparison.Ordinal);
    }

    private static Task<ImportedText> ReadAsync(string text) => ImportedText.ReadAsync(MappedImporter.Csv, text, Options(Map));

    private static ImportOptions Options(string map) => ImportedText.Options with { Map = DatasetImporters.ReadMap(map) };

    private static DateTimeOffset Day(int day) => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);

    private static async Task<byte[]> ParquetAsync()
    {
        DataField<long> user = new("user");
        DataField<string> item = new("item");
        DataField<DateTime> at = new("at");
        DataField<double?> paid = new("paid");
        using MemoryStream bytes = new();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(user, item, at, paid), bytes))
        {
            await GroupAsync(writer, [7L, 8L], ["a", "b"], [Day(1), Day(2)], [10.0, 2.5]);
            await GroupAsync(writer, [9L], ["a"], [Day(3)], [null]);
        }

        return bytes.ToArray();

        async Task GroupAsync(ParquetWriter writer, long[] users, string[] items, DateTimeOffset[] times, double?[] amounts)
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<long>(user, users.AsMemory(), null, null, TestContext.Current.CancellationToken);
            await group.WriteAsync(item, items, null);
            await group.WriteAsync<DateTime>(at, Array.ConvertAll(times, time => time.UtcDateTime).AsMemory(), null, null, TestContext.Current.CancellationToken);
            await group.WriteAsync<double>(paid, amounts.AsMemory(), null, null, TestContext.Current.CancellationToken);
        }
    }
}
