namespace Aisle.Local.Workspaces;

/// <summary>What a workspace knows of itself: the content of <c>workspace.json</c>.</summary>
public sealed record WorkspaceInfo
{
    /// <summary>The instant from which windows, holdout, retention and the guard count; null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The shop's currency, ISO 4217; null until something was sold.</summary>
    public string? Currency { get; init; }

    /// <summary>What filled it, such as <c>demo</c> or <c>uci-online-retail</c>; null while empty.</summary>
    public string? FilledBy { get; init; }

    /// <summary>The seed of the demo shop; null when it holds no demo shop.</summary>
    public ulong? Seed { get; init; }
}
