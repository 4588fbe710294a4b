using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Benchmarks.Speed;

/// <summary>Interactions of made-up users with power-law activity and popularity, for measuring speed where no file is given.</summary>
internal static class SyntheticPairs
{
    /// <summary>Draws about <paramref name="pairs"/> different pairs; the same for a seed.</summary>
    public static InteractionMatrix Make(int users, int items, int pairs, ulong seed)
    {
        int[] counts = Activity(users, pairs, seed);
        int[] starts = new int[users + 1];
        int[] columns = new int[counts.Sum()];
        float[] weights = new float[columns.Length];
        int[] popularity = Shuffled(items, seed);
        int write = 0;
        HashSet<int> row = [];
        for (int user = 0; user < users; user++)
        {
            SeededRandom random = SeededRandom.Derive(seed, (ulong)user);
            row.Clear();
            for (int attempt = 0; row.Count < counts[user] && attempt < 4 * counts[user]; attempt++)
            {
                row.Add(popularity[PowerLaw(random, items)]);
            }

            foreach (int item in row.Order())
            {
                columns[write] = item;
                weights[write++] = 1 + random.NextInt(5);
            }

            starts[user + 1] = write;
        }

        return new InteractionMatrix(items, starts, columns, weights);
    }

    private static int[] Activity(int users, int pairs, ulong seed)
    {
        SeededRandom random = SeededRandom.Derive(seed, ulong.MaxValue);
        double[] activity = [.. Enumerable.Range(0, users).Select(_ => Math.Exp(1.1 * random.NextNormal()))];
        double scale = pairs / activity.Sum();
        return [.. activity.Select(value => Math.Max(1, (int)(value * scale)))];
    }

    /// <summary>A rank whose density falls like rank^(−0.6).</summary>
    private static int PowerLaw(SeededRandom random, int items) => Math.Min(items - 1, (int)(items * Math.Pow(random.NextDouble(), 2.5)));

    private static int[] Shuffled(int count, ulong seed)
    {
        SeededRandom random = SeededRandom.Derive(seed, ulong.MaxValue - 1);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int index = count - 1; index > 0; index--)
        {
            int other = random.NextInt(index + 1);
            (order[index], order[other]) = (order[other], order[index]);
        }

        return order;
    }
}
