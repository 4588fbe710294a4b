namespace Aisle.GoogleCloud.Firestore;

/// <summary>How fast a new collection may be written: 500 documents a second at first, half as many again every five minutes, which is what
/// Firestore asks for while it spreads the collection over its servers.</summary>
/// <param name="clock">What is waited by.</param>
/// <param name="writers">Among how many processes the rate is shared, positive.</param>
internal sealed class WriteRamp(TimeProvider clock, int writers)
{
    /// <summary>Where the ramp ends, in documents a second; reached after forty minutes.</summary>
    public const double Most = 10_000;

    private const double First = 500;
    private const double Growth = 1.5;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private DateTimeOffset _free;

    /// <summary>The rate of all writers together, in documents a second.</summary>
    /// <param name="age">Since the collection's first document; a negative one (a clock that is behind) counts as none.</param>
    public static double RateAt(TimeSpan age) => Math.Min(Most, First * Math.Pow(Growth, Math.Floor(Math.Max(0, age / Step))));

    /// <summary>How long it takes to write so many documents into a new collection.</summary>
    public static TimeSpan TimeFor(long documents)
    {
        TimeSpan time = TimeSpan.Zero;
        double left = documents;
        while (RateAt(time) < Most && left > RateAt(time) * Step.TotalSeconds)
        {
            left -= RateAt(time) * Step.TotalSeconds;
            time += Step;
        }

        return time + TimeSpan.FromSeconds(left / RateAt(time));
    }

    /// <summary>Waits until so many documents may be written.</summary>
    /// <param name="documents">How many, not negative.</param>
    /// <param name="begunAt">When the collection got its first document, UTC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WaitAsync(int documents, DateTimeOffset begunAt, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset turn;
        lock (_gate)
        {
            turn = _free > now ? _free : now;
            _free = turn + TimeSpan.FromSeconds(documents * writers / RateAt(turn - begunAt));
        }

        if (turn > now)
        {
            await Task.Delay(turn - now, clock, cancellationToken);
        }
    }
}
