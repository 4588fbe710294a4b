using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Local.Import;

/// <summary>What one line of a file came to.</summary>
/// <param name="Line">Its number in the file, from 1; a header is line 1.</param>
public abstract record ImportedRow(long Line)
{
    /// <summary>The line is an event.</summary>
    /// <param name="Line">Its number.</param>
    /// <param name="Kind">What it counts as in the summary, such as <c>sale</c>.</param>
    /// <param name="Content">The event.</param>
    public sealed record Accepted(long Line, string Kind, ImportedEvent Content) : ImportedRow(Line);

    /// <summary>The line is a product of the catalogue.</summary>
    /// <param name="Line">Its number.</param>
    /// <param name="Kind">What it counts as in the summary, such as <c>product</c>.</param>
    /// <param name="Content">The product.</param>
    public sealed record Listed(long Line, string Kind, Product Content) : ImportedRow(Line)
    {
        /// <summary>Whether the line says if the product can be bought; else the shop's own knowledge stays.</summary>
        public bool SaysStock { get; init; }
    }

    /// <summary>The line puts a visitor into a variant of an experiment.</summary>
    /// <param name="Line">Its number.</param>
    /// <param name="Kind">What it counts as in the summary.</param>
    /// <param name="Content">Who saw what when.</param>
    public sealed record Exposed(long Line, string Kind, ImportedExposure Content) : ImportedRow(Line);

    /// <summary>The line tells something of a shopper.</summary>
    /// <param name="Line">Its number.</param>
    /// <param name="Kind">What it counts as in the summary.</param>
    /// <param name="Content">Who, and what.</param>
    public sealed record Described(long Line, string Kind, ImportedShopper Content) : ImportedRow(Line);

    /// <summary>The line is left out: the summary counts it and the quarantine file keeps it.</summary>
    /// <param name="Line">Its number.</param>
    /// <param name="Kind">Why, in words that group lines, such as <c>postage or carriage, not a product</c>.</param>
    /// <param name="Text">The line itself, whole.</param>
    public sealed record Rejected(long Line, string Kind, string Text) : ImportedRow(Line)
    {
        /// <summary>What is wrong with this very line and the remedy; null when the kind says it all.</summary>
        public string? Detail { get; init; }

        /// <summary>The product that the line speaks of, when that much can be read: it stays in the catalogue as it was.</summary>
        public ProductId? Product { get; init; }
    }
}
