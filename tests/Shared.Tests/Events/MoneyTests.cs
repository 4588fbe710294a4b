using Aisle.Events;
using CsCheck;

namespace Aisle.Tests.Events;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("12.50", "EUR", 1250)]
    [InlineData("12.505", "EUR", 1250)] // half to even
    [InlineData("12.515", "EUR", 1252)]
    [InlineData("1200", "JPY", 1200)]
    [InlineData("1.234", "KWD", 1234)]
    [InlineData("-3.1", "GBP", -310)]
    public void An_amount_becomes_minor_units(string amount, string currency, long expected) =>
        Assert.Equal(expected, Money.ToMinor(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency));

    [Fact]
    public void What_does_not_fit_is_null() => Assert.Null(Money.ToMinor(decimal.MaxValue, "EUR"));

    [Fact]
    public void Minor_units_survive_the_way_there_and_back() =>
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.OneOfConst("EUR", "JPY", "KWD"))
            .Sample((minor, currency) => Money.ToMinor(Money.FromMinor(minor, currency), currency) == minor);

    [Fact]
    public void An_amount_shows_the_digits_of_its_currency() => Assert.Equal("12.50", Money.FromMinor(1250, "EUR").ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("eur")]
    [InlineData("EURO")]
    [InlineData(null)]
    public void What_is_no_iso_code_is_no_currency(string? text) => Assert.False(Money.IsCurrency(text));
}
