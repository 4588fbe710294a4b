using Aisle.Sql;

namespace Aisle.AbReport.Figures;

/// <summary>Which currencies an experiment's counted visitors paid in: amounts of different ones cannot be added.</summary>
/// <param name="Main">What most of those who paid in one currency paid in, the first by alphabet of equals; null where nobody paid.</param>
/// <param name="Buyers">Visitors by currency; who paid in several counts for the first and the last of them by alphabet.</param>
/// <param name="Others">Visitors who paid in another currency than the main one, perhaps beside it.</param>
/// <param name="All">All who paid.</param>
internal sealed record PaidCurrencies(string? Main, IReadOnlyDictionary<string, long> Buyers, long Others, long All)
{
    /// <summary>What is left out when few paid in another currency; their standing.</summary>
    public const string Standing = "other_currency";

    /// <summary>Reads them off the rows of those who count.</summary>
    public static PaidCurrencies Of(IEnumerable<ExperimentArmsRow> rows)
    {
        Dictionary<string, long> buyers = [];
        Dictionary<string, long> alone = [];
        ExperimentArmsRow[] paid = [.. rows.Where(row => row.Standing == "counted" && row.FirstCurrency is not null)];
        foreach (ExperimentArmsRow row in paid)
        {
            string first = row.FirstCurrency!;
            string last = row.LastCurrency ?? first;
            buyers[first] = buyers.GetValueOrDefault(first) + row.Visitors;
            if (first == last)
            {
                alone[first] = alone.GetValueOrDefault(first) + row.Visitors;
            }
            else
            {
                buyers[last] = buyers.GetValueOrDefault(last) + row.Visitors;
            }
        }

        string? main = (alone.Count > 0 ? alone : buyers).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key).FirstOrDefault();
        return new PaidCurrencies(main, buyers, paid.Where(row => IsOther(main, row.FirstCurrency, row.LastCurrency)).Sum(row => row.Visitors), paid.Sum(row => row.Visitors));
    }

    /// <summary>Whether so many paid in another currency that leaving them out would judge another shop.</summary>
    /// <param name="most">The share of those who paid that may be left out.</param>
    public bool AreMixed(double most) => Others > most * All;

    /// <summary>Whether a visitor paid in another currency than the main one.</summary>
    public static bool IsOther(string? main, string? first, string? last) => first is not null && (first != main || (last ?? first) != main);
}
