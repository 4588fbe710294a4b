using System.Globalization;

namespace Aisle.Local.Sqlite;

/// <summary>One delivery of one message.</summary>
/// <param name="Message">The message's id.</param>
/// <param name="Attempt">Which delivery, from 1.</param>
internal readonly record struct LeaseId(long Message, int Attempt)
{
    /// <summary>Those of the texts that are lease ids, by message.</summary>
    public static List<LeaseId> ParseAll(IReadOnlyCollection<string> texts)
    {
        List<LeaseId> parsed = new(texts.Count);
        foreach (string text in texts)
        {
            if (Parse(text) is { } lease)
            {
                parsed.Add(lease);
            }
        }

        parsed.Sort(static (a, b) => a.Message.CompareTo(b.Message));
        return parsed;
    }

    /// <summary>The delivery that a text names; null when it names none.</summary>
    public static LeaseId? Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && long.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out long message)
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int attempt)
            ? new LeaseId(message, attempt)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Message}/{Attempt}");

    /// <summary>Runs of messages without a gap and of one attempt, so that each is one statement.</summary>
    /// <param name="sorted">By message.</param>
    public static IEnumerable<(long First, long Last, int Attempt)> Runs(List<LeaseId> sorted)
    {
        for (int start = 0, end; start < sorted.Count; start = end)
        {
            end = start + 1;
            while (end < sorted.Count && sorted[end].Message == sorted[end - 1].Message + 1 && sorted[end].Attempt == sorted[start].Attempt)
            {
                end++;
            }

            yield return (sorted[start].Message, sorted[end - 1].Message, sorted[start].Attempt);
        }
    }
}
