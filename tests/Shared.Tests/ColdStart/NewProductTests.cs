using Aisle.Catalogue;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Factorization;

namespace Aisle.Tests.ColdStart;

public sealed class NewProductTests
{
    private static readonly NewProductOptions Options = new() { EstablishedFloor = 2 };
    private static readonly Product Mug = new() { Id = new ProductId("mug"), CreatedDate = new DateOnly(2026, 1, 10) };

    [Theory]
    [InlineData(0, 1.15)]
    [InlineData(3.5, 1.075)]
    [InlineData(6.9999999, 1)]
    [InlineData(7, 1)]
    [InlineData(8, 1)]
    [InlineData(-1, 1)]
    public void The_bonus_falls_linearly_from_15_percent_to_nothing_over_seven_days(double days, double expected) =>
        Assert.Equal(expected, Newness.ScoreFactor(Mug, At(days), Options), 1e-6);

    [Fact]
    public void A_product_without_a_date_is_never_new() => Assert.False(Newness.IsNew(Mug with { CreatedDate = null }, At(0), Options));

    [Fact]
    public void A_new_product_inherits_the_weighted_mean_of_what_it_resembles()
    {
        // Embeddings: 0 and 1 established at cosines 1 and 0.6 to the newcomer 3; 2 resembles it most of all but is not established.
        FactorMatrix embeddings = Rows([1, 0], [0.6f, 0.8f], [1, 0], [1, 0]);
        FactorMatrix factors = Rows([2, 0], [0, 4], [9, 9], [0, 0]);

        FactorMatrix placed = NewProductPlacement.Place(factors, embeddings, [5, 5, 1, 0], Options, CancellationToken.None);

        Assert.Equal(2 / 1.6, placed[3][0], 1e-6);
        Assert.Equal(4 * 0.6 / 1.6, placed[3][1], 1e-6);
        Assert.Equal(factors[0], placed[0]);
        Assert.Equal(factors[2], placed[2]);
    }

    [Fact]
    public void A_new_product_without_content_stays_unknown()
    {
        FactorMatrix placed = NewProductPlacement.Place(Rows([1, 1], [0, 0]), Rows([1, 0], [0, 0]), [5, 0], Options, CancellationToken.None);

        Assert.False(placed[1].ContainsAnyExcept(0f));
    }

    [Fact]
    public void Only_the_nearest_lend()
    {
        FactorMatrix embeddings = Rows([1, 0], [0.8f, 0.6f], [1, 0]);
        FactorMatrix placed = NewProductPlacement.Place(Rows([1, 0], [0, 1], [0, 0]), embeddings, [5, 5, 0], Options with { Lenders = 1 }, CancellationToken.None);

        Assert.Equal([1f, 0f], placed[2].ToArray());
    }

    private static DateTimeOffset At(double days) => new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero).AddDays(days);

    private static FactorMatrix Rows(params float[][] rows) => new(rows.Length, rows[0].Length, [.. rows.SelectMany(row => row)]);
}
