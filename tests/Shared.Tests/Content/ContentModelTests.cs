using System.Runtime.InteropServices;
using Aisle.Catalogue;
using Aisle.Content;
using Aisle.Events;
using Aisle.Numerics;

namespace Aisle.Tests.Content;

public sealed class ContentModelTests
{
    [Fact]
    public void A_term_weighs_by_its_frequency_and_by_how_few_products_have_it()
    {
        Product[] products = [Titled("p1", "cup cup"), Titled("p2", "cup jug"), Titled("p3", "jug pot"), Titled("p4", "pot")];

        SparseRows rows = TermFrequencies.Of(products, new ContentOptions { MinDocuments = 2 }, CancellationToken.None);

        // Terms cup, jug, pot, each in 2 of 4 products: idf = ln(5/3) + 1 for all, so only the first row's tf = 1 +
        // ln 2 could differ, and rows have length 1.
        Assert.Equal(3, rows.Columns);
        Assert.Equal([0, 0, 1, 1, 2, 2], rows.Terms);
        double half = 1 / Math.Sqrt(2);
        Assert.Equal([1, half, half, half, half, 1], rows.Values, (expected, actual) => Math.Abs(expected - actual) < 1e-12);
    }

    [Fact]
    public void Products_of_one_topic_lie_closer_than_products_of_another()
    {
        ContentModel model = Fit(Topics(count: 40));

        for (int item = 0; item < 40; item++)
        {
            Assert.All(SimilarContent.Of(model.Embeddings, item, 10, among: null), near => Assert.Equal(item % 2, near.Index % 2));
        }
    }

    [Fact]
    public void Titles_without_a_Latin_letter_are_understood()
    {
        ContentModel model = Fit([Titled("a", "синяя чашка"), Titled("b", "синяя чашка большая"), Titled("c", "青い花瓶"), Titled("d", "赤い花瓶")]);

        Assert.True(model.Similarity(0, 1) > 0.9);
        Assert.True(model.Similarity(2, 3) > 0.9);
        Assert.Equal(0, model.Similarity(0, 2), 1e-6);
    }

    [Fact]
    public void A_product_without_text_has_a_zero_row()
    {
        ContentModel model = Fit([Titled("a", "red cup"), Titled("b", "red jug"), Titled("c", null) with { PriceMinor = 100, Currency = "EUR" }, Titled("d", "!!")]);

        Assert.Equal([true, true, false, false], Enumerable.Range(0, 4).Select(model.HasContent));
        Assert.Equal(2, model.SilentCount);
        Assert.False(model.Embeddings[2].ContainsAnyExcept(0f));
        Assert.Equal(0, model.Similarity(0, 2));
    }

    [Fact]
    public void A_catalogue_without_text_has_no_content()
    {
        ContentModel model = Fit([Titled("a", null), Titled("b", null)]);

        Assert.False(model.HasAnyContent);
        Assert.Equal(64, model.Embeddings.Width);
        Assert.Empty(SimilarContent.Of(model.Embeddings, 0, 5, among: null));
    }

    [Fact]
    public void An_empty_catalogue_is_no_error() => Assert.Equal(0, Fit([]).Embeddings.Count);

    [Fact]
    public void The_same_catalogue_gives_the_same_bytes()
    {
        byte[] first = MemoryMarshal.AsBytes(Fit(Topics(200)).Embeddings.Values).ToArray();
        byte[] second = MemoryMarshal.AsBytes(Fit(Topics(200)).Embeddings.Values).ToArray();

        Assert.Equal(first, second);
    }

    [Fact]
    public void Rows_have_length_1()
    {
        ContentModel model = Fit(Topics(100));

        for (int item = 0; item < 100; item++)
        {
            Assert.Equal(1, model.Similarity(item, item), 1e-5);
        }
    }

    [Fact]
    public void The_contributions_to_a_profile_sum_to_its_cosine()
    {
        ContentModel model = Fit(Topics(30));
        int[] touched = [1, 4, 9];
        float[] weights = [2, 0.5f, 1];
        float[] profile = new float[64];

        float norm = ContentProfile.Fill(model.Embeddings, touched, weights, profile);
        double cosine = 0;
        for (int index = 0; index < 64; index++)
        {
            cosine += profile[index] * model.Embeddings[20][index];
        }

        Assert.Equal(cosine, touched.Zip(weights).Sum(pair => pair.Second * model.Similarity(pair.First, 20) / norm), 1e-5);
    }

    [Fact]
    public void Touching_only_silent_products_leaves_no_profile()
    {
        ContentModel model = Fit([Titled("a", "red cup"), Titled("b", "red jug"), Titled("c", null)]);
        float[] profile = new float[64];

        Assert.Equal(0, ContentProfile.Fill(model.Embeddings, [2], [1f], profile));
        Assert.All(profile, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Prices_are_banded_within_their_currency()
    {
        Product[] products = [.. Enumerable.Range(0, 8).Select(i => Titled($"p{i}", "x") with { PriceMinor = 100 * i, Currency = i % 2 == 0 ? "EUR" : "JPY" })];
        PriceBands bands = new(products, bands: 2);

        Assert.Equal(["price:EUR:0", "price:JPY:0", "price:EUR:0", "price:JPY:0", "price:EUR:1", "price:JPY:1", "price:EUR:1", "price:JPY:1"],
            products.Select(bands.TermOf));
        Assert.Null(bands.TermOf(Titled("q", "x")));
    }

    private static ContentModel Fit(Product[] products) => ContentModel.Fit(products, new ContentOptions(), CancellationToken.None);

    private static Product Titled(string id, string? title) => new() { Id = new ProductId(id), Title = title };

    /// <summary>Even products talk of the kitchen, odd ones of the garden; each has three words of its topic.</summary>
    private static Product[] Topics(int count)
    {
        string[][] words = [["cup", "jug", "plate", "bowl", "fork", "pan"], ["rake", "seed", "hose", "fence", "spade", "bulb"]];
        SeededRandom random = new(11);
        return [.. Enumerable.Range(0, count).Select(i => new Product
        {
            Id = new ProductId($"p{i:D4}"),
            Title = string.Join(' ', Enumerable.Range(0, 3).Select(_ => words[i % 2][random.NextInt(6)])),
            Category = i % 2 == 0 ? "Kitchen" : "Garden",
            PriceMinor = 100 + random.NextInt(5000),
            Currency = "EUR",
        })];
    }
}
