using System.IO.Compression;
using Aisle.Benchmarks.Files;
using Aisle.Testing;

namespace Aisle.Benchmarks.Tests;

public sealed class PairFileTests
{
    [Theory]
    [InlineData("user,item\n1,2\n", 1)]
    [InlineData("userId,movieId,rating,timestamp\n1,2,3.5,1500000000\n", 1)]
    [InlineData("customer_id;product_id\nanna;cup\n", 1)]
    [InlineData("user1,item1\nuser2,item2\n", 2)]
    [InlineData("1\t2\n1\t3\n", 2)]
    [InlineData("\n1,2\n\n  \n3,4", 2)]
    public void A_header_is_told_from_a_line_of_ids(string text, int lines) => Assert.Equal(lines, Load(text).Pairs.Count);

    [Fact]
    public void Ids_may_hold_spaces_quotes_separators_and_emoji()
    {
        PairTable table = Load("\"Anna, the \"\"second\"\"\",blue cup ☕\nBob Smith,\"a;b\"\n");

        Assert.Equal(("Anna, the \"second\"", "blue cup ☕"), (table.Pairs[0].User, table.Pairs[0].Item));
        Assert.Equal(("Bob Smith", "a;b"), (table.Pairs[1].User, table.Pairs[1].Item));
    }

    [Fact]
    public void Weights_that_say_nothing_are_counted_left_out_and_the_first_is_named()
    {
        PairTable table = Load("a,b,1\na,c,NaN\na,d,0\na,e,-3\na,f,inf\na,g,1e30\na,h,\n");

        Assert.Equal(["b", "g", "h"], table.Pairs.Select(pair => pair.Item));
        Assert.Equal(4, table.LeftOut);
        Assert.Contains("line 2: the weight 'NaN'", table.FirstProblem, StringComparison.Ordinal);
        Assert.All(table.Pairs, pair => Assert.InRange(pair.Weight, 1, 1e9f));
    }

    [Theory]
    [InlineData("2020-01-02T03:04:05Z")]
    [InlineData("1577934245")]
    [InlineData("1577934245000")]
    public void Moments_are_unix_seconds_milliseconds_or_iso(string text) =>
        Assert.Equal(new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero), Load($"a,b,1,{text}\n").Pairs[0].At);

    [Theory]
    [InlineData("", "has no line")]
    [InlineData("user,item\n", "has no line")]
    [InlineData("a,b\nlonely\n", "line 2")]
    [InlineData("a,b\n,c\n", "line 2")]
    [InlineData("a,b,1,yesterday-ish\n", "line 1: the timestamp")]
    [InlineData("a,b,0\n", "line 1: the weight")]
    public void What_cannot_be_read_is_named(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Load(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Gzipped_files_are_read_and_missing_ones_named()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "pairs.csv.gz");
        using (StreamWriter writer = new(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
        {
            writer.WriteLine("a,b");
        }

        Assert.Single(PairFile.Load(path).Pairs);
        Assert.Throws<FileNotFoundException>(() => PairFile.Load(path + ".gone"));
    }

    private static PairTable Load(string text)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "pairs.csv");
        File.WriteAllText(path, text);
        return PairFile.Load(path);
    }
}
