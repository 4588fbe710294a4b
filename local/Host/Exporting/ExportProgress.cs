using System.Text.Json.Serialization;

namespace Aisle.Host.Exporting;

/// <summary>How far an export is.</summary>
internal sealed record ExportProgress
{
    /// <summary>What is exported.</summary>
    public required string Question { get; init; }

    /// <summary>The last shopper who is done; null at the start.</summary>
    public string? After { get; init; }

    /// <summary>How many shoppers are done.</summary>
    public long Users { get; init; }

    /// <summary>How many of them are left out, by reason.</summary>
    public IReadOnlyDictionary<string, long> LeftOut { get; init; } = new Dictionary<string, long>();

    /// <summary>How many of them are left out.</summary>
    [JsonIgnore]
    public long LeftOutUsers => LeftOut.Values.Sum();

    /// <summary>How many rows there are.</summary>
    public long Rows { get; init; }

    /// <summary>How long the staging file is.</summary>
    public long RowBytes { get; init; }

    /// <summary>How long the report of those left out is.</summary>
    public long LeftOutBytes { get; init; }
}

/// <summary>How the progress is kept.</summary>
[JsonSerializable(typeof(ExportProgress))]
internal sealed partial class ExportProgressJson : JsonSerializerContext;
