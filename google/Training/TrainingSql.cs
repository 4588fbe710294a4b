using Aisle.Sql;

namespace Aisle.GoogleCloud.Training;

/// <summary>The training statements of this assembly, written by hand under <c>Sql/Training</c>.</summary>
internal static class TrainingSql
{
    private const string Prefix = "Aisle.GoogleCloud.Sql.Training.";

    /// <summary>What other statements are made of.</summary>
    private static readonly string[] Parts = ["fusion", "walk_sums", "recommendations", "agreement"];

    /// <summary>A statement of one version, in the names of a dataset.</summary>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="dataset">Replaces <c>aisle</c>, the files' own dataset.</param>
    /// <param name="values">From <see cref="Values"/>, with what only this statement has a place for.</param>
    public static string Statement(string name, string dataset, IReadOnlyDictionary<string, object> values) =>
        SqlTemplate.Fill(Load(name, dataset), values);

    /// <summary>What the places of one version are filled with.</summary>
    public static Dictionary<string, object> Values(string version, DateTimeOffset asOf, string dataset, TrainingOptions options) =>
        TrainingValues.Of(version, asOf, options, new Dictionary<string, string>(Parts.Select(part => KeyValuePair.Create(part, Load(part, dataset))))
        {
            ["user_item_scores"] = PortableQueries.UserItemScores.Sql,
        });

    private static string Load(string name, string dataset)
    {
        using StreamReader reader = new(typeof(TrainingSql).Assembly.GetManifestResourceStream($"{Prefix}{name}.sql")
            ?? throw new ArgumentException($"There is no training statement {name}.", nameof(name)));
        return reader.ReadToEnd().Replace("aisle.", $"{dataset}.", StringComparison.Ordinal);
    }
}
