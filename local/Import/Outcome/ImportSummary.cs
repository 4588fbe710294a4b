using Aisle.Events;

namespace Aisle.Local.Import.Outcome;

/// <summary>Counts what an import came to, with examples of what was left out.</summary>
public sealed class ImportSummary
{
    private const int ExamplesEach = 3;
    private const int MostKinds = 100;
    private const int ShownLength = 160;
    private const string OtherKinds = "other reasons";

    private readonly SortedDictionary<string, long> _accepted = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (long Count, List<string> Examples)> _rejected = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _revenue = new(StringComparer.Ordinal);
    private long _line;

    /// <summary>How many events, products and exposures the lines became, by kind.</summary>
    public IReadOnlyDictionary<string, long> Accepted => _accepted;

    /// <summary>How many lines were left out, by reason, with the first few of each; after 100 reasons the rest are one.</summary>
    public IReadOnlyDictionary<string, (long Count, IReadOnlyList<string> Examples)> Rejected =>
        _rejected.ToDictionary(pair => pair.Key, pair => (pair.Value.Count, (IReadOnlyList<string>)pair.Value.Examples));

    /// <summary>How many lines were left out.</summary>
    public long RejectedRows { get; private set; }

    /// <summary>The sum of all revenue by currency, refunds taken off, in minor units.</summary>
    public IReadOnlyDictionary<string, long> RevenueMinor => _revenue;

    /// <summary>The first currency that was met; null when there is none.</summary>
    public string? Currency { get; private set; }

    /// <summary>The oldest event; null before the first.</summary>
    public DateTimeOffset? OldestAt { get; private set; }

    /// <summary>The newest event: where the workspace's clock will stand; null before the first.</summary>
    public DateTimeOffset? NewestAt { get; private set; }

    /// <summary>All lines so far that said anything.</summary>
    public long Rows { get; private set; }

    /// <summary>How many events were in the shop already; null when its store cannot tell.</summary>
    public long? KnownEvents { get; set; }

    /// <summary>How many products were new or changed.</summary>
    public long ChangedProducts { get; set; }

    /// <summary>How many products left the catalogue because the feed lacks them.</summary>
    public long DroppedProducts { get; set; }

    /// <summary>How many products the file's events named that the catalogue did not have; they are known by what the events say.</summary>
    public long UnknownProducts { get; set; }

    /// <summary>Where the lines that were left out lie; null when there are none.</summary>
    public string? Quarantine { get; set; }

    /// <summary>Whether nothing was written.</summary>
    public bool IsDryRun { get; set; }

    /// <summary>Counts a line.</summary>
    public void Add(ImportedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        Rows += row.Line == _line ? 0 : 1;
        _line = row.Line;
        switch (row)
        {
            case ImportedRow.Accepted accepted:
                Count(accepted.Kind);
                Add(accepted.Content);
                break;
            case ImportedRow.Listed listed:
                Count(listed.Kind);
                Currency ??= listed.Content.Currency;
                break;
            case ImportedRow.Exposed exposed:
                Count(exposed.Kind);
                See(exposed.Content.ExposedAt);
                break;
            case ImportedRow.Described described:
                Count(described.Kind);
                break;
            case ImportedRow.Rejected rejected:
                Add(rejected);
                break;
            default:
                throw new ArgumentException($"An unknown row: {row}.", nameof(row));
        }
    }

    private void Count(string kind) => _accepted[kind] = _accepted.GetValueOrDefault(kind) + 1;

    private void Add(ImportedEvent happened)
    {
        Currency ??= happened.Currency;
        if (happened is { Type: EventType.Purchase or EventType.Refund, RevenueMinor: { } revenue, Currency: { } currency })
        {
            _revenue[currency] = _revenue.GetValueOrDefault(currency) + revenue;
        }

        See(happened.OccurredAt);
    }

    private void See(DateTimeOffset at)
    {
        OldestAt = OldestAt is { } oldest && oldest <= at ? oldest : at;
        NewestAt = NewestAt is { } newest && newest >= at ? newest : at;
    }

    private void Add(ImportedRow.Rejected rejected)
    {
        RejectedRows++;
        string kind = _rejected.ContainsKey(rejected.Kind) || _rejected.Count < MostKinds ? rejected.Kind : OtherKinds;
        (long count, List<string> examples) = _rejected.GetValueOrDefault(kind, (0, []));
        if (examples.Count < ExamplesEach)
        {
            examples.Add($"line {rejected.Line}: {rejected.Detail ?? Shorten(rejected.Text)}");
        }

        _rejected[kind] = (count + 1, examples);
    }

    private static string Shorten(string text) => text.Length <= ShownLength ? text : text[..ShownLength] + "…";
}
