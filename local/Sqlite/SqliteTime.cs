namespace Aisle.Local.Sqlite;

/// <summary>Instants as SQLite keeps them: microseconds since 1970, UTC.</summary>
internal static class SqliteTime
{
    public static long ToMicros(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicros(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
