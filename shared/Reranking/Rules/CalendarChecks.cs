using System.Globalization;
using Aisle.Catalogue;

namespace Aisle.Reranking.Rules;

/// <summary>What can be wrong with the calendar and with repeat purchases.</summary>
internal static class CalendarChecks
{
    /// <summary>The findings about bursts.</summary>
    public static IEnumerable<RuleFinding> Of(IReadOnlyList<Burst> bursts, DateTimeOffset now)
    {
        for (int index = 0; index < bursts.Count; index++)
        {
            if (bursts[index].Until <= now)
            {
                yield return new RuleFinding(RuleProblem.ExpiredBurst, [Place(index)], $"It ended on "
                    + $"{bursts[index].Until:yyyy-MM-dd HH:mm}; remove it or set a later end.");
            }

            int earlier = Enumerable.Range(0, index).FirstOrDefault(other => bursts[other].From < bursts[index].Until && bursts[index].From < bursts[other].Until, -1);
            if (earlier >= 0)
            {
                yield return new RuleFinding(RuleProblem.OverlappingBursts, [Place(index), Place(earlier)], $"While both are on, "
                    + $"{Place(earlier)} holds; let one begin when the other ends.");
            }
        }

        static string Place(int index) => string.Create(CultureInfo.InvariantCulture, $"bursts[{index}]");
    }

    /// <summary>The findings about categories that are bought again.</summary>
    public static IEnumerable<RuleFinding> Of(IReadOnlyList<RepeatPurchase> repeats, IReadOnlyList<Product> products)
    {
        HashSet<string> known = [.. products.SelectMany(product => new[] { product.Category, product.Subcategory }).OfType<string>()];
        HashSet<string> met = [];
        for (int index = 0; index < repeats.Count; index++)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"repeat_purchases[{index}]");
            if (!known.Contains(repeats[index].Category))
            {
                yield return new RuleFinding(RuleProblem.UselessRepeatPurchase, [place], $"No product is in {repeats[index].Category}; check the spelling.");
            }
            else if (!met.Add(repeats[index].Category))
            {
                yield return new RuleFinding(RuleProblem.UselessRepeatPurchase, [place], $"{repeats[index].Category} is set before, and "
                    + "that holds; remove one of them.");
            }
        }
    }
}
