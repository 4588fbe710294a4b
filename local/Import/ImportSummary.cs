using Aisle.Events;

namespace Aisle.Local.Import;

/// <summary>Counts what an import came to, with examples of what was left out.</summary>
public sealed class ImportSummary
{
    private const int ExamplesEach = 3;

    private readonly SortedDictionary<string, long> _accepted = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (long Count, List<string> Examples)> _rejected = new(StringComparer.Ordinal);

    /// <summary>How many lines became events, by kind.</summary>
    public IReadOnlyDictionary<string, long> Accepted => _accepted;

    /// <summary>How many lines were left out, by reason, with the first few of each.</summary>
    public IReadOnlyDictionary<string, (long Count, IReadOnlyList<string> Examples)> Rejected =>
        _rejected.ToDictionary(pair => pair.Key, pair => (pair.Value.Count, (IReadOnlyList<string>)pair.Value.Examples));

    /// <summary>The sum of all revenue, refunds taken off, in minor units.</summary>
    public long RevenueMinor { get; private set; }

    /// <summary>The currency of the revenue; null when there is none.</summary>
    public string? Currency { get; private set; }

    /// <summary>The oldest event; null before the first.</summary>
    public DateTimeOffset? OldestAt { get; private set; }

    /// <summary>The newest event: where the workspace's clock will stand; null before the first.</summary>
    public DateTimeOffset? NewestAt { get; private set; }

    /// <summary>All lines so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Counts a line.</summary>
    public void Add(ImportedRow row)
    {
        Rows++;
        switch (row)
        {
            case ImportedRow.Accepted accepted:
                Add(accepted);
                break;
            case ImportedRow.Rejected rejected:
                Add(rejected);
                break;
            default:
                throw new ArgumentException($"An unknown row: {row}.", nameof(row));
        }
    }

    private void Add(ImportedRow.Accepted accepted)
    {
        ImportedEvent happened = accepted.Content;
        _accepted[accepted.Kind] = _accepted.GetValueOrDefault(accepted.Kind) + 1;
        RevenueMinor += happened.Type is EventType.Purchase or EventType.Refund ? happened.RevenueMinor ?? 0 : 0;
        Currency ??= happened.Currency;
        OldestAt = OldestAt is { } oldest && oldest <= happened.OccurredAt ? oldest : happened.OccurredAt;
        NewestAt = NewestAt is { } newest && newest >= happened.OccurredAt ? newest : happened.OccurredAt;
    }

    private void Add(ImportedRow.Rejected rejected)
    {
        (long count, List<string> examples) = _rejected.GetValueOrDefault(rejected.Kind, (0, []));
        if (examples.Count < ExamplesEach)
        {
            examples.Add($"line {rejected.Line}: {rejected.Text}");
        }

        _rejected[rejected.Kind] = (count + 1, examples);
    }
}
