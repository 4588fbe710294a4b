using Aisle.Statistics;
using CsCheck;

namespace Aisle.Tests.Statistics;

public sealed class MultipleTestsTests
{
    private const double Alpha = 0.05;

    private static readonly Gen<double?[]> Families =
        Gen.OneOf(Gen.Double[0, 1].Select(p => (double?)p), Gen.Double[0, 0.05].Select(p => (double?)p), Gen.Const((double?)null)).Array[0, 12];

    [Fact]
    public void A_test_is_rejected_by_holm_exactly_when_its_own_p_is_within_its_level() =>
        Families.Sample(family => AgreesWithItsLevels(family, MultipleTests.Holm(family, Alpha)));

    [Fact]
    public void A_test_is_rejected_by_benjamini_and_hochberg_exactly_when_its_own_p_is_within_its_level() =>
        Families.Sample(family => AgreesWithItsLevels(family, MultipleTests.BenjaminiHochberg(family, Alpha)));

    [Fact]
    public void Holm_never_rejects_what_benjamini_and_hochberg_keep() => Families.Sample(family =>
    {
        MultipleTests holm = MultipleTests.Holm(family, Alpha);
        MultipleTests bh = MultipleTests.BenjaminiHochberg(family, Alpha);
        return family.Index().All(test => holm.Rejected[test.Index] != true || bh.Rejected[test.Index] == true);
    });

    [Fact]
    public void A_largest_p_of_exactly_alpha_is_rejected_by_benjamini_and_hochberg() =>
        Assert.All(MultipleTests.BenjaminiHochberg([Alpha, 8.41e-78, 0], Alpha).Rejected, rejected => Assert.True(rejected));

    [Fact]
    public void An_adjusted_p_is_never_below_the_unadjusted_one_and_keeps_the_order() => Families.Sample(family =>
    {
        MultipleTests holm = MultipleTests.Holm(family, Alpha);
        int[] order = [.. Enumerable.Range(0, family.Length).Where(i => family[i] is not null).OrderBy(i => family[i])];
        return order.All(i => holm.Adjusted[i] >= family[i]) && order.Zip(order.Skip(1)).All(pair => holm.Adjusted[pair.First] <= holm.Adjusted[pair.Second]);
    });

    private static bool AgreesWithItsLevels(double?[] family, MultipleTests tests) => family.Index().All(test => test.Item is not { } p
        ? tests.Rejected[test.Index] is null && tests.Levels[test.Index] is null
        : Math.Abs(p - tests.Levels[test.Index]!.Value) < 1e-12 || tests.Rejected[test.Index] == p <= tests.Levels[test.Index]);
}
