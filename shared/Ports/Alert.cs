namespace Aisle.Ports;

/// <summary>Something an operator must know.</summary>
/// <param name="Kind">A stable word, such as <c>model_stale</c>.</param>
/// <param name="IsRecovery">Whether it says that the trouble is over.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="RaisedAt">When, UTC.</param>
public sealed record Alert(string Kind, bool IsRecovery, string Message, DateTimeOffset RaisedAt)
{
    /// <summary>Whether somebody must act at once; true by default, never of a recovery.</summary>
    public bool IsUrgent { get; init; } = !IsRecovery;
}
