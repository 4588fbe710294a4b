namespace Aisle.Host.Scheduling;

/// <summary>Does jobs at their times, in one time zone. What was missed while no host ran is caught up once; a job that fails
/// is tried again at its next time.</summary>
/// <param name="jobs">What is done.</param>
/// <param name="zone">The zone in which times are read: a time that a change of clocks skips is served after it,
/// one that comes twice is served once.</param>
/// <param name="memory">What was served.</param>
/// <param name="clock">The real clock.</param>
/// <param name="logger">Told of each job.</param>
internal sealed class Scheduler(
    IReadOnlyList<ScheduledJob> jobs, TimeZoneInfo zone, ScheduleMemory memory, TimeProvider clock, ILogger<Scheduler> logger) : BackgroundService
{
    /// <summary>A clock that jumps is noticed within this time.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(20);

    /// <summary>Serves what is due now.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (ScheduledJob job in jobs)
        {
            if (LastOf(job, now) is { } last && job.DueTime(last, now, zone) is { } due)
            {
                Keep(job.Name, due);
                await RunAsync(job, due, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Tick, clock);
        try
        {
            do
            {
                await TickAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("The schedule ends with the host.");
        }
    }

    // A job begins to count when it is first seen; a memory from the future, left by a clock that was wrong, is forgotten.
    private DateTimeOffset? LastOf(ScheduledJob job, DateTimeOffset now)
    {
        if (memory.Find(job.Name) is { } last && (last <= now || job.When.GetNextOccurrence(now, zone) >= last))
        {
            return last;
        }

        Keep(job.Name, now);
        return null;
    }

    // On a full disk jobs are still done; a restart may then repeat one.
    private void Keep(string job, DateTimeOffset served)
    {
        try
        {
            memory.Keep(job, served);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(fault, "That the job {Job} was served at {Served} could not be written down.", job, served);
        }
    }

    private async Task RunAsync(ScheduledJob job, DateTimeOffset due, CancellationToken cancellationToken)
    {
        try
        {
            await job.RunAsync(cancellationToken);
            logger.LogInformation("The job {Job}, due at {Due}, was done.", job.Name, due);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            logger.LogError(fault, "The job {Job}, due at {Due}, failed; it is tried again at its next time.", job.Name, due);
        }
    }
}
