using Aisle.Local.DuckDb;
using Aisle.Local.Sqlite;

namespace Aisle.Local.Retention;

/// <summary>Removes from the embedded stores what is older than a shop may keep it: what BigQuery's partitions and Firestore's documents do
/// by themselves. Doing it again removes nothing.</summary>
/// <remarks>By whole days (UTC), as partitions expire. What names nobody stays: models, popularity, the catalogue and its prices, the
/// records of runs. What waits in the queue and the dead letters see to their own age.</remarks>
/// <param name="warehouse">Events, slates, exposures.</param>
/// <param name="state">Session features.</param>
/// <param name="clock">The workspace's: after an import of old data, days count from its newest event.</param>
/// <param name="options">How long, and how much at once.</param>
public sealed class RetentionSweeper(DuckDbDatabase warehouse, SqliteDatabase state, TimeProvider clock, RetentionOptions options)
{
    private const string Profiles = "profiles";

    private readonly DuckDbRetention _rows = new(warehouse);
    private readonly ExpiredProfiles _profiles = new(state);

    /// <summary>For how many days is kept.</summary>
    public int Days => options.Days;

    /// <summary>The start of the first day that is kept: what lies before it goes.</summary>
    public DateTimeOffset Before => new(clock.GetUtcNow().UtcDateTime.Date.AddDays(-options.Days), TimeSpan.Zero);

    /// <summary>How much would be removed now, by table.</summary>
    public IReadOnlyDictionary<string, long> Due()
    {
        DateTimeOffset before = Before;
        Dictionary<string, long> due = DuckDbRetention.Tables.ToDictionary(table => table.Table, table => _rows.Count(table.Table, table.Time, before));
        due[Profiles] = _profiles.Count(ExpiredBy);
        return due;
    }

    /// <summary>Removes it.</summary>
    /// <param name="cancellationToken">Heeded between batches; the next sweep goes on.</param>
    /// <returns>How much was removed, by table.</returns>
    /// <exception cref="Ports.StoreUnavailableException">A store cannot be written now; the next sweep goes on.</exception>
    public async Task<IReadOnlyDictionary<string, long>> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset before = Before;
        Dictionary<string, long> removed = [];
        foreach ((string table, string time) in DuckDbRetention.Tables)
        {
            removed[table] = await _rows.RemoveAsync(table, time, before, options.RowsAtOnce, cancellationToken);
        }

        removed[Profiles] = await _profiles.RemoveAsync(ExpiredBy, options.RowsAtOnce, cancellationToken);
        return removed;
    }

    // A document expires by itself after the longest time; where less is kept, that much earlier.
    private DateTimeOffset ExpiredBy => clock.GetUtcNow().AddDays(RetentionOptions.MostDays - options.Days);
}
