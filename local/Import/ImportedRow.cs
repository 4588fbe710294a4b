namespace Aisle.Local.Import;

/// <summary>What one line of a file came to.</summary>
/// <param name="Line">Its number in the file, from 1; the header is line 1.</param>
public abstract record ImportedRow(long Line)
{
    /// <summary>The line is an event.</summary>
    /// <param name="Line">Its number.</param>
    /// <param name="Kind">What it counts as in the summary, such as <c>sale</c>.</param>
    /// <param name="Content">The event.</param>
    public sealed record Accepted(long Line, string Kind, ImportedEvent Content) : ImportedRow(Line);

    /// <summary>The line is left out, and the summary says so.</summary>
    /// <param name="Line">Its number.</param>
    /// <param name="Kind">Why, in words that group lines, such as <c>postage or carriage, not a product</c>.</param>
    /// <param name="Text">The line itself, shortened: the summary shows some.</param>
    public sealed record Rejected(long Line, string Kind, string Text) : ImportedRow(Line);
}
