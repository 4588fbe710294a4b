namespace Aisle.AbReport.Results;

/// <summary>What to do with an experiment, in one word, one sentence and the rules that led there.</summary>
/// <param name="Kind">The word.</param>
/// <param name="Variant">The variant it is about; null when it is about the experiment.</param>
/// <param name="Sentence">The same for people.</param>
/// <param name="Reasons">Every rule that spoke, the weightiest first.</param>
/// <param name="IsTooGood">Whether a lift is larger than anything that is usually true: look for a fault first.</param>
public sealed record ReportVerdict(VerdictKind Kind, string? Variant, string Sentence, IReadOnlyList<VerdictReason> Reasons, bool IsTooGood)
{
    /// <summary>Visitors still needed over all arms to find the smallest lift worth finding; null when that is unknown or done.</summary>
    public long? MoreVisitors { get; init; }

    /// <summary>Days that they take at the pace so far; null when that is unknown or done.</summary>
    public long? MoreDays { get; init; }
}
