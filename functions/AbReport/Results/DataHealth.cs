using System.Globalization;
using Aisle.Statistics.SampleRatio;

namespace Aisle.AbReport.Results;

/// <summary>Whether the data can be judged at all.</summary>
public sealed record DataHealth
{
    /// <summary>Whether the arms have the sizes they should.</summary>
    public required SampleRatioCheck SampleRatio { get; init; }

    /// <summary>The same asked every day without losing the guarantee: the always-valid p; null without an answer.</summary>
    public required double? SequentialPValue { get; init; }

    /// <summary>Visitors who saw several variants; they are left out.</summary>
    public required long Mixed { get; init; }

    /// <summary>Visitors who make more events than a person; they are left out.</summary>
    public required long Busy { get; init; }

    /// <summary>Visitors who moved implausible amounts; they are left out.</summary>
    public required long Implausible { get; init; }

    /// <summary>Visitors on the list of excluded ones, and testers whose variant was set by hand; they are left out.</summary>
    public required long Excluded { get; init; }

    /// <summary>Visitors whose assignment was derived again from salt and buckets.</summary>
    public required long Rederived { get; init; }

    /// <summary>Of them, those logged with another variant than their bucket's, by logged variant.</summary>
    public required IReadOnlyDictionary<string, long> Wrong { get; init; }

    /// <summary>Visitors who paid in another currency than most; they are left out, unless they are too many.</summary>
    public required long OtherCurrency { get; init; }

    /// <summary>Visitors who paid, by currency; who paid in several counts for two of them.</summary>
    public required IReadOnlyDictionary<string, long> BuyersByCurrency { get; init; }

    /// <summary>Whether so many paid in another currency that they cannot be left out; then no figure of money is given.</summary>
    public required bool HasMixedCurrencies { get; init; }

    /// <summary>Visitors whom every figure leaves out one by one: programs, implausible amounts, testers, other currencies.</summary>
    public long LeftOut => Busy + Implausible + Excluded + OtherCurrency;

    /// <summary>The currencies and their buyers in words, the most frequent first, such as <c>EUR 412, XQZ 1</c>.</summary>
    public string CurrenciesInWords => string.Join(
        ", ", BuyersByCurrency.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:N0}")));

    /// <summary>The share of visitors logged with a wrong variant.</summary>
    public double WrongShare => Rederived == 0 ? 0 : (double)Wrong.Values.Sum() / Rederived;
}
