using System.Collections.Frozen;

namespace Aisle.Events.Rules;

/// <summary>The currencies that something can be paid in: ISO 4217, list one, without units of account, precious metals
/// and test codes, as its maintenance agency (SIX, Zürich) published it by the end of 2025; and those withdrawn since
/// 2011, which old data still carry.</summary>
public static class Currencies
{
    /// <summary>What to tell who sent something else.</summary>
    internal const string Remedy = "Send the three capital letters of a currency of ISO 4217, such as EUR.";

    private const string Present =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP "
        + "CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
        + "GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP "
        + "LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR "
        + "MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE "
        + "SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD "
        + "TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

    private const string Withdrawn = "ANG BYR CUC EEK HRK LTL LVL MRO SLL STD VEF ZMK ZWL";

    private static readonly FrozenSet<string> Known = $"{Present} {Withdrawn}".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the text is the code of such a currency, in capital letters; null is none.</summary>
    public static bool IsKnown(string? currency) => currency is not null && Known.Contains(currency);

    /// <summary>What is wrong with a text that is no known currency.</summary>
    internal static string Problem(string? currency) => currency is null ? "missing" : Money.IsCurrency(currency) ? $"{currency} is no currency of ISO 4217" : "no ISO 4217 code";
}
