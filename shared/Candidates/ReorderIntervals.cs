using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Candidates;

/// <summary>After how long shoppers buy the same product again, learnt from orders: for each subcategory and
/// category in which enough of them did.</summary>
/// <param name="days">The median number of days between two purchases of one product by one shopper, by subcategory or category.</param>
public sealed class ReorderIntervals(IReadOnlyDictionary<string, double> days)
{
    /// <summary>How many repeated purchases a category needs before its interval is believed.</summary>
    public const int LeastRepeats = 20;

    private static readonly TimeSpan OneVisit = TimeSpan.FromDays(1);

    /// <summary>Nothing was learnt.</summary>
    public static ReorderIntervals None { get; } = new(new Dictionary<string, double>());

    /// <summary>The median number of days by subcategory or category, each positive.</summary>
    public IReadOnlyDictionary<string, double> Days => days;

    /// <summary>The interval of a category or subcategory; null when too few shoppers bought again to tell.</summary>
    public TimeSpan? Of(string category) => days.TryGetValue(category, out double median) ? TimeSpan.FromDays(median) : null;

    /// <summary>Learns from purchases. Those within a day of each other are one; lines without a buyer say nothing.</summary>
    /// <param name="purchases">Who bought what when, in any order.</param>
    /// <param name="find">A product by id; null for one that the catalogue does not have.</param>
    /// <remarks>Only gaps that fit into the window of the purchases are seen, so that long intervals come out
    /// shorter than they are. O(n·log n).</remarks>
    public static ReorderIntervals Learn(IEnumerable<(UserId User, ProductId Product, DateTimeOffset At)> purchases, Func<ProductId, Product?> find)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        ArgumentNullException.ThrowIfNull(find);
        Dictionary<string, List<double>> gaps = [];
        foreach (IGrouping<(UserId User, ProductId Product), (UserId User, ProductId Product, DateTimeOffset At)> bought in purchases.GroupBy(purchase => (purchase.User, purchase.Product)))
        {
            if (find(bought.Key.Product) is { } product)
            {
                AddGaps(gaps, product, [.. bought.Select(purchase => purchase.At).Order()]);
            }
        }

        return new ReorderIntervals(gaps.Where(entry => entry.Value.Count >= LeastRepeats).ToDictionary(entry => entry.Key, entry => Median(entry.Value)));
    }

    private static void AddGaps(Dictionary<string, List<double>> gaps, Product product, DateTimeOffset[] times)
    {
        string[] names = [.. new[] { product.Category, product.Subcategory }.OfType<string>().Distinct()];
        for (int next = 1; next < times.Length; next++)
        {
            TimeSpan gap = times[next] - times[next - 1];
            foreach (string name in gap >= OneVisit ? names : [])
            {
                if (!gaps.TryGetValue(name, out List<double>? known))
                {
                    gaps[name] = known = [];
                }

                known.Add(gap.TotalDays);
            }
        }
    }

    private static double Median(List<double> gaps)
    {
        gaps.Sort();
        int middle = gaps.Count / 2;
        return gaps.Count % 2 == 1 ? gaps[middle] : (gaps[middle - 1] + gaps[middle]) / 2;
    }
}
