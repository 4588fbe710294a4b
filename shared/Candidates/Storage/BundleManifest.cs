using System.Text.Json.Serialization;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Aisle.Factorization;

namespace Aisle.Candidates.Storage;

/// <summary>The first page of a bundle: what it is, how it was trained, and which files with which checksums belong to it.</summary>
internal sealed record BundleManifest
{
    /// <summary>The file that makes a folder a bundle; written last.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The format of the parts.</summary>
    public required int Format { get; init; }

    /// <summary>The model's version.</summary>
    public required string Version { get; init; }

    /// <summary>The moment it was trained for.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The newest event it knows.</summary>
    public required DateTimeOffset NewestEventAt { get; init; }

    /// <summary>When training finished.</summary>
    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>How factors were trained; folding in uses the same.</summary>
    public required IalsOptions Factors { get; init; }

    /// <summary>How events became weights.</summary>
    public required FeedbackScale Feedback { get; init; }

    /// <summary>How sources are fused, when that was learnt.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HybridWeights? Learnt { get; init; }

    /// <summary>Checksums of the parts, by file name.</summary>
    public required SortedDictionary<string, string> Parts { get; init; }
}

/// <summary>Reads and writes the manifest without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BundleManifest))]
[JsonSerializable(typeof(IalsOptions))]
internal sealed partial class BundleJson : JsonSerializerContext;
