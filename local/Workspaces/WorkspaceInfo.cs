using System.Text.Json.Serialization;

namespace Aisle.Local.Workspaces;

/// <summary>What a workspace knows of itself: the content of <c>workspace.json</c>.</summary>
public sealed record WorkspaceInfo
{
    /// <summary><see cref="FilledBy"/> of the demo shop.</summary>
    public const string Demo = "demo";

    /// <summary>The instant from which windows, holdout, retention and the guard count; null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The shop's currency, ISO 4217; null until something was sold.</summary>
    public string? Currency { get; init; }

    /// <summary>What filled it, such as <c>demo</c> or <c>uci-online-retail</c>; null while empty.</summary>
    public string? FilledBy { get; init; }

    /// <summary>Whether filling it came to its end; a filling that broke off is taken up again.</summary>
    public bool IsFilled { get; init; }

    /// <summary>What began to fill it and broke off, so that nothing else may; null when nothing did, or when it goes on by itself, as the demo shop's making does.</summary>
    [JsonIgnore]
    public string? BrokenOff => IsFilled || FilledBy == Demo ? null : FilledBy;

    /// <summary>Where the past of the demo shop ends; null when it holds no demo shop. Kept from the first try on, so that
    /// a second makes the same events.</summary>
    public DateTimeOffset? DemoEndsAt { get; init; }
}
