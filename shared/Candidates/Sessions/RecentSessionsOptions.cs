namespace Aisle.Candidates.Sessions;

/// <summary>Which visits a model remembers.</summary>
public sealed record RecentSessionsOptions
{
    /// <summary>How far back; default 14 days.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How many at most, the latest; default 50,000.</summary>
    public int MostSessions { get; init; } = 50_000;

    /// <summary>How many touches of one visit, the latest; default 30.</summary>
    public int MostItems { get; init; } = 30;

    /// <summary>How long a visit can be; default 12 h.</summary>
    public TimeSpan LongestVisit { get; init; } = TimeSpan.FromHours(12);
}
