using Aisle.ColdStart;
using Aisle.Numerics;

namespace Aisle.Candidates.Storage;

/// <summary>Popularity of the shop and its cohorts.</summary>
internal static class PopularityPart
{
    /// <summary>Writes counts and cohort rankings.</summary>
    public static void Write(PartWriter writer, PopularityTable table)
    {
        writer.Array(table.Shoppers);
        writer.Texts([.. table.Cohorts.Select(cohort => cohort.Cohort.AgeBracket)]);
        writer.Texts([.. table.Cohorts.Select(cohort => cohort.Cohort.Location)]);
        writer.Texts([.. table.Cohorts.Select(cohort => cohort.Cohort.DeviceType)]);
        foreach (CohortPopularity cohort in table.Cohorts)
        {
            writer.Number(cohort.ShopperCount);
            writer.Array<ScoredIndex>([.. cohort.Ranked]);
        }
    }

    /// <summary>Reads counts and cohort rankings.</summary>
    public static PopularityTable Read(PartReader reader)
    {
        int[] shoppers = reader.Array<int>();
        string?[] ages = reader.Texts();
        string?[] locations = reader.Texts();
        string?[] devices = reader.Texts();
        CohortPopularity[] cohorts = new CohortPopularity[ages.Length];
        for (int index = 0; index < cohorts.Length; index++)
        {
            cohorts[index] = new CohortPopularity(
                new Cohort(ages[index], locations[index], devices[index]), reader.Number<int>(), reader.Array<ScoredIndex>());
        }

        return new PopularityTable(shoppers, cohorts);
    }
}
