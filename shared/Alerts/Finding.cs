namespace Aisle.Alerts;

/// <summary>One thing that was looked at, of which an alert is told once when it goes wrong and once when it is over.</summary>
/// <param name="Kind">A stable word, which alerts carry too, such as <c>model_stale</c>.</param>
/// <param name="IsRaised">Whether it is not as it should be.</param>
/// <param name="Message">What was found, and what to do when it is not as it should be.</param>
public sealed record Finding(string Kind, bool IsRaised, string Message)
{
    /// <summary>Which of several things of this kind, such as an experiment's key: each has episodes of its own; null where there is only one.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether somebody must act at once; true by default.</summary>
    public bool IsUrgent { get; init; } = true;

    /// <summary>The name of its episodes.</summary>
    internal string Episode => Subject is null ? Kind : $"{Kind}:{Subject}";
}
