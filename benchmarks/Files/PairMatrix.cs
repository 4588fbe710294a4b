using Aisle.Feedback;

namespace Aisle.Benchmarks.Files;

/// <summary>Reads a large pair file straight into a matrix: ids are numbered as they come, and no line is kept.</summary>
internal static class PairMatrix
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A <c>user,item[,weight]</c> file.</param>
    /// <param name="useWeights">Whether the third column counts.</param>
    public static InteractionMatrix Read(string path, bool useWeights)
    {
        Dictionary<string, int> users = new(StringComparer.Ordinal);
        Dictionary<string, int> items = new(StringComparer.Ordinal);
        List<(int User, int Item, float Weight)> pairs = [];
        foreach (PairLine pair in PairFile.Stream(path))
        {
            pairs.Add((Number(users, pair.User), Number(items, pair.Item), useWeights ? pair.Weight : 1));
        }

        InteractionMatrixBuilder builder = new(users.Count, items.Count);
        foreach ((int user, int item, float weight) in pairs)
        {
            builder.Add(user, item, weight);
        }

        return builder.Build();
    }

    private static int Number(Dictionary<string, int> numbers, string id)
    {
        if (!numbers.TryGetValue(id, out int number))
        {
            number = numbers.Count;
            numbers.Add(id, number);
        }

        return number;
    }
}
