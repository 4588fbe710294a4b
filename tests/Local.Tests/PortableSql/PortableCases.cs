using Aisle.Numerics;
using Aisle.Sql;

namespace Aisle.Local.Tests.PortableSql;

/// <summary>One case for each portable query: a new query is compared as soon as it stands here, and a test fails until it does.</summary>
internal static class PortableCases
{
    public static IReadOnlyList<PortableCase> All { get; } =
    [
        PortableCase.Of(PortableQueries.UserItemScores, random => new Dictionary<string, object>
        {
            ["from"] = RandomHistory.EarlyInstant(random),
            ["cutoff"] = RandomHistory.LateInstant(random),
            ["decay"] = random.NextInt(4) == 0 ? 0.0 : 0.2 * random.NextDouble(),
            ["damped"] = random.NextInt(2) == 0,
            ["cap"] = 1 + (30 * random.NextDouble()),
        }),
        PortableCase.Of(PortableQueries.ExperimentUsers, random => new Dictionary<string, object>(OfExperiment(random)) { ["before"] = RandomHistory.EarlyInstant(random).AddDays(-3) }),
        PortableCase.Of(PortableQueries.ExperimentArms, random => new Dictionary<string, object>(OfExperiment(random))
        {
            ["before"] = RandomHistory.EarlyInstant(random).AddDays(-3),
            ["most_events"] = (long)(10 + random.NextInt(60)),
            ["most_amount"] = random.NextInt(3) == 0 ? 5_000_000L : 1_000_000_000_000L,
        }),
        PortableCase.Of(PortableQueries.ExperimentCurrencies, random => new Dictionary<string, object>(OfExperiment(random)) { ["currency"] = "EUR" }),
        PortableCase.Of(PortableQueries.ExperimentRevenue, OfExperiment),
        PortableCase.Of(PortableQueries.ExperimentDays, random => new Dictionary<string, object>(OfExperiment(random)) { ["buckets"] = (long)(1 + random.NextInt(4)) }),
        PortableCase.Of(PortableQueries.ExperimentAssignments, random => new Dictionary<string, object>(OfExperiment(random)) { ["salt"] = RandomHistory.Experiment(random) }),
        PortableCase.Of(PortableQueries.ExperimentValues, OfExperiment),
        PortableCase.Of(PortableQueries.ExperimentClusters, Clusters),
        PortableCase.Of(PortableQueries.ExperimentItems, random => new Dictionary<string, object>(OfExperiment(random)) { ["buckets"] = (long)(1 + random.NextInt(4)) }),
        PortableCase.Of(PortableQueries.LoggedPlaces, random => new Dictionary<string, object>
        {
            ["surface"] = random.NextInt(2) == 0 ? "home" : "similar",
            ["variant"] = random.NextInt(4) == 0 ? $"{RandomHistory.Experiment(random)}=control" : "",
            ["from"] = RandomHistory.EarlyInstant(random),
            ["to"] = RandomHistory.LateInstant(random),
        }),
        PortableCase.Of(PortableQueries.OrderLines, random => new Dictionary<string, object>
        {
            ["from"] = RandomHistory.EarlyInstant(random),
            ["to"] = RandomHistory.LateInstant(random),
        }),
        PortableCase.Of(PortableQueries.LoggedSlate, random => new Dictionary<string, object> { ["slate"] = $"slate{random.NextInt(35)}" }),
        PortableCase.Of(PortableQueries.PopularProducts, random => new Dictionary<string, object>
        {
            ["from"] = RandomHistory.EarlyInstant(random),
            ["to"] = RandomHistory.LateInstant(random),
        }),
        PortableCase.Of(PortableQueries.SessionTouches, random => new Dictionary<string, object>
        {
            ["from"] = RandomHistory.EarlyInstant(random),
            ["to"] = RandomHistory.LateInstant(random),
        }),
        PortableCase.Of(PortableQueries.ProductExposure, random => new Dictionary<string, object>
        {
            ["from"] = RandomHistory.EarlyInstant(random),
            ["to"] = RandomHistory.LateInstant(random),
        }),
        PortableCase.Of(PortableQueries.ServedDays, random => new Dictionary<string, object>
        {
            ["from"] = RandomHistory.EarlyInstant(random),
            ["to"] = RandomHistory.LateInstant(random),
        }),
        PortableCase.Of(PortableQueries.ScoreDays, random => new Dictionary<string, object>
        {
            ["from"] = RandomHistory.EarlyInstant(random),
            ["to"] = RandomHistory.LateInstant(random),
        }),
    ];

    private static Dictionary<string, object> Clusters(SeededRandom random)
    {
        Dictionary<string, object> parameters = OfExperiment(random);
        foreach (string name in PortableQueries.ExperimentClusters.Parameters.Except(parameters.Keys).ToArray())
        {
            parameters[name] = name.StartsWith("variant", StringComparison.Ordinal) ? RandomHistory.Variant(random) : (long)random.NextInt(3000);
        }

        return parameters;
    }

    private static Dictionary<string, object> OfExperiment(SeededRandom random) => new()
    {
        ["experiment"] = RandomHistory.Experiment(random),
        ["from"] = RandomHistory.EarlyInstant(random),
        ["to"] = RandomHistory.LateInstant(random),
    };
}
