namespace Aisle.ScoreUser.Reading;

/// <summary>How long one request may take. What is left out when it runs low goes in a fixed order: live scoring,
/// diversity, reasons.</summary>
/// <param name="clock">Counts.</param>
/// <param name="budget">From the request's arrival.</param>
public sealed class TimeBudget(TimeProvider clock, TimeSpan budget)
{
    private readonly long _started = clock.GetTimestamp();

    /// <summary>What is left; zero when it is used up.</summary>
    public TimeSpan Left => clock.GetElapsedTime(_started) is { } used && used < budget ? budget - used : TimeSpan.Zero;

    /// <summary>Whether less than a share of it is left.</summary>
    /// <param name="share">In 0 … 1.</param>
    public bool IsBelow(double share) => Left < budget * share;
}
