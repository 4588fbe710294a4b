using Aisle.Candidates.Lists;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>How the pointer to the serving model stands in its document.</summary>
internal static class ManifestDocument
{
    /// <summary>The fields of a manifest.</summary>
    public static Dictionary<string, object?> Encode(ServingManifest manifest) => new()
    {
        ["model_version"] = manifest.ModelVersion,
        ["previous_version"] = manifest.PreviousVersion,
        ["newest_event_at"] = manifest.NewestEventAt,
        ["trained_at"] = manifest.TrainedAt,
        ["promoted_at"] = manifest.PromotedAt,
    };

    /// <summary>The manifest of a document.</summary>
    /// <exception cref="InvalidDataException">A field is missing or of another type.</exception>
    public static ServingManifest Decode(DocumentFields document) => new(
        document.Text("model_version"),
        document.TextOrNull("previous_version"),
        document.Instant("newest_event_at"),
        document.Instant("trained_at"),
        document.Instant("promoted_at"));
}
