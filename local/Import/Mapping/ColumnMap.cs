namespace Aisle.Local.Import.Mapping;

/// <summary>Which column of a file is which field of ours.</summary>
public sealed record ColumnMap
{
    /// <summary>The file's column for each field of ours, such as <c>user_id</c> to <c>customer</c>.</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    /// <summary>Fields that have one value for the whole file, such as <c>event_type</c> to <c>purchase</c>.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();

    /// <summary>Our event type for each of the file's words, such as <c>buy</c> to <c>purchase</c>.</summary>
    public IReadOnlyDictionary<string, string> Types { get; init; } = new Dictionary<string, string>();

    /// <summary>How times are written, in .NET's letters, such as <c>dd/MM/yyyy HH:mm</c>; null for what can be told by looking.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>Whether the rows are products rather than events: they are when a title or category is mapped and
    /// no event type is.</summary>
    public bool IsOfProducts => !Has("event_type") && !Has("event_timestamp") && (Has("title") || Has("category") || Has("price") || Has("description") || Has("in_stock"));

    /// <summary>Whether a field is named.</summary>
    public bool Has(string field) => Columns.ContainsKey(field) || Constants.ContainsKey(field);
}
