using System.Text;
using Aisle.Local.Import.Mapping;
using Aisle.Local.Import.ShopExports;

namespace Aisle.Local.Import;

/// <summary>What the operator says about a file beside its format.</summary>
public sealed record ImportOptions
{
    /// <summary>When the import runs, UTC: events from after it are refused.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Which column is which; null where the format says so itself, or where the columns have our names.</summary>
    public ColumnMap? Map { get; init; }

    /// <summary>ISO 4217 code of amounts that come without one; null when the format knows.</summary>
    public string? Currency { get; init; }

    /// <summary>The experiment whose table the file is; null for other files.</summary>
    public ExperimentTable? Experiment { get; init; }

    /// <summary>Whether amounts in a second currency are let in. Default false: they are left out, for sums
    /// across currencies mean nothing.</summary>
    public bool AnyCurrency { get; init; }

    /// <summary>How the file's text is encoded unless a byte order mark says otherwise. Default UTF-8.</summary>
    public Encoding Encoding { get; init; } = new UTF8Encoding(false);
}
