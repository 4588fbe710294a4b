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
        PortableCase.Of(PortableQueries.ExperimentUsers, random => new Dictionary<string, object>
        {
            ["experiment"] = RandomHistory.Experiment(random),
            ["from"] = RandomHistory.EarlyInstant(random),
            ["to"] = RandomHistory.LateInstant(random),
        }),
        PortableCase.Of(PortableQueries.OrderLines, random => new Dictionary<string, object>
        {
            ["from"] = RandomHistory.EarlyInstant(random),
            ["to"] = RandomHistory.LateInstant(random),
        }),
    ];
}
