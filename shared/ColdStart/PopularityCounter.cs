using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.ColdStart;

/// <summary>Counts how many distinct shoppers each product interested, in the shop and in each cohort.</summary>
/// <remarks>Distinct shoppers, not events: a bot with ten thousand views counts once.</remarks>
public static class PopularityCounter
{
    /// <summary>Counts all interactions of the matrix.</summary>
    /// <param name="interactions">Users × items.</param>
    /// <param name="cohortOf">What is known about each user, by index; null is nothing.</param>
    /// <param name="options">The floor and the length of lists.</param>
    /// <remarks>O(interactions · levels), where a shopper belongs to at most 7 levels.</remarks>
    public static PopularityTable Count(InteractionMatrix interactions, IReadOnlyList<Cohort?> cohortOf, PopularityOptions options)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(cohortOf);
        ArgumentNullException.ThrowIfNull(options);
        if (cohortOf.Count != interactions.UserCount)
        {
            throw new ArgumentException("There must be one cohort, or null, for each user.", nameof(cohortOf));
        }

        int[] shoppers = CountOf(interactions, Enumerable.Range(0, interactions.UserCount));
        CohortPopularity[] cohorts = [.. Members(interactions, cohortOf)
            .Where(entry => entry.Value.Count >= options.CohortFloor)
            .OrderBy(entry => entry.Key)
            .Select(entry => new CohortPopularity(entry.Key, entry.Value.Count, Ranked(CountOf(interactions, entry.Value), shoppers, options.CohortLength)))];
        return new PopularityTable(shoppers, cohorts);
    }

    /// <summary>The users of each cohort at each level; users who did nothing do not make a cohort larger.</summary>
    private static Dictionary<Cohort, List<int>> Members(InteractionMatrix interactions, IReadOnlyList<Cohort?> cohortOf)
    {
        Dictionary<Cohort, List<int>> members = [];
        for (int user = 0; user < interactions.UserCount; user++)
        {
            if (interactions.ItemsOf(user).IsEmpty || cohortOf[user] is not { } cohort)
            {
                continue;
            }

            foreach (Cohort level in cohort.FromFineToCoarse())
            {
                if (!members.TryGetValue(level, out List<int>? list))
                {
                    members[level] = list = [];
                }

                list.Add(user);
            }
        }

        return members;
    }

    private static int[] CountOf(InteractionMatrix interactions, IEnumerable<int> users)
    {
        int[] counts = new int[interactions.ItemCount];
        foreach (int user in users)
        {
            foreach (int item in interactions.ItemsOf(user))
            {
                counts[item]++;
            }
        }

        return counts;
    }

    /// <summary>Ties within a cohort go to what the whole shop likes better, then to the lower index.</summary>
    private static ScoredIndex[] Ranked(int[] counts, int[] shoppers, int length)
    {
        double most = Math.Log(1.0 + counts.DefaultIfEmpty(0).Max());
        return [.. Enumerable.Range(0, counts.Length)
            .Where(item => counts[item] > 0)
            .OrderByDescending(item => counts[item]).ThenByDescending(item => shoppers[item])
            .Take(length)
            .Select(item => new ScoredIndex(item, (float)(Math.Log(1.0 + counts[item]) / most)))];
    }
}
