namespace Aisle.Local.DemoShop.Products;

/// <summary>The products of one subcategory: consecutive numbers in order of creation, popular ones scattered among them.</summary>
/// <param name="Department">Index of the department.</param>
/// <param name="Subcategory">Its words.</param>
/// <param name="First">The number of its first product.</param>
/// <param name="Count">How many products it has, at least 1.</param>
/// <param name="Step">Coprime with <paramref name="Count"/>: takes a rank of popularity to a place in the order of creation.</param>
/// <param name="Shift">Where rank 0 lies.</param>
/// <param name="Phase">In [0, 1): moves the shelf's days of creation against those of other shelves.</param>
internal sealed record Shelf(int Department, Subcategory Subcategory, int First, int Count, int Step, int Shift, double Phase)
{
    private const double OldShare = 0.86;
    private const double RecentShare = 0.97;

    /// <summary>The number of the product with a rank of popularity.</summary>
    public int AtRank(int rank) => First + (int)((((long)rank * Step) + Shift) % Count);

    /// <summary>How many whole days before the shop's last day the product was created: most long ago, a tenth within the
    /// recorded past, 3 % in the last week.</summary>
    public int AgeInDays(int product, int days)
    {
        double place = (product - First + Phase) / Count;
        return place switch
        {
            < OldShare => days + (int)((1 - (place / OldShare)) * 900),
            < RecentShare => 7 + (int)((RecentShare - place) / (RecentShare - OldShare) * (days - 7)),
            _ => (int)((1 - place) / (1 - RecentShare) * 7),
        };
    }

    /// <summary>The number of a product that is in its first week on a day, or null when there is none.</summary>
    /// <param name="uniform">Chooses among them, in [0, 1).</param>
    /// <param name="daysBeforeEnd">Which day: 0 is the shop's last.</param>
    /// <param name="days">The length of the recorded past.</param>
    public int? NewArrival(double uniform, int daysBeforeEnd, int days)
    {
        int found = 0;
        int last = First + Count - 1;
        int newest = last;
        while (newest >= First && AgeInDays(newest, days) < daysBeforeEnd)
        {
            newest--;
        }

        while (newest - found >= First && AgeInDays(newest - found, days) < daysBeforeEnd + 7)
        {
            found++;
        }

        return found == 0 ? null : newest - (int)(uniform * found);
    }
}
