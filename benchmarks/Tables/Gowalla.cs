using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Evaluation.Holdouts;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Tables;

/// <summary>Gowalla check-ins in the LightGCN split.</summary>
/// <param name="Full">The published protocol: training and validation lines train, test lines judge.</param>
/// <param name="Inner">For tuning: training lines train, validation lines judge.</param>
internal sealed record Gowalla(Holdout Full, Holdout Inner)
{
    /// <summary>Reads the file of a folder.</summary>
    public static Gowalla Read(string folder)
    {
        List<(int User, int Item, string Split)> rows = [];
        foreach (string line in Lines.Of(Path.Combine(folder, "interactions.csv.gz")).Skip(1))
        {
            string[] fields = line.Split(',');
            rows.Add((int.Parse(fields[0], CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture), fields[2]));
        }

        int users = rows.Max(row => row.User) + 1;
        int items = rows.Max(row => row.Item) + 1;
        InteractionMatrix Of(params string[] splits)
        {
            InteractionMatrixBuilder builder = new(users, items);
            foreach ((int user, int item, _) in rows.Where(row => splits.Contains(row.Split)))
            {
                builder.Add(user, item, 1);
            }

            return builder.Build();
        }

        return new Gowalla(new Holdout(Of("train", "valid"), Of("test")), new Holdout(Of("train"), Of("valid")));
    }
}
