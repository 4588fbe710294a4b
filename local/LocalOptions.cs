using Aisle.Local.Retention;
using Aisle.Local.Sqlite;
using Aisle.Ports;

namespace Aisle.Local;

/// <summary>How the stores of one machine are opened.</summary>
public sealed record LocalOptions
{
    /// <summary>The real clock: leases and delays count from it, whatever the workspace's as-of is.</summary>
    public required TimeProvider WallClock { get; init; }

    /// <summary>Threads of a warehouse query; 0 (default) means as many as there are processors.</summary>
    public int WarehouseThreads { get; init; }

    /// <summary>How often the event queue tries a message; by default 10 times.</summary>
    public QueuePolicy Queue { get; init; } = new();

    /// <summary>For how long what shoppers did is kept; by default 90 days.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>Who is told of each alert, beside the file, by what is plugged in; by default nobody.</summary>
    public Func<IServiceProvider, Action<Alert>> OnAlert { get; init; } = _ => _ => { };
}
