using System.Globalization;
using Google.Cloud.Firestore;
using Wire = Google.Protobuf.WellKnownTypes;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>The tag of a document is the instant of its last update, which Firestore compares when it writes.</summary>
internal static class DocumentTags
{
    /// <summary>The tag under which a document was read.</summary>
    public static string Of(DocumentSnapshot snapshot) => Of(snapshot.UpdateTime!.Value.ToProto());

    /// <summary>The tag of an instant: seconds and nanoseconds.</summary>
    public static string Of(Wire.Timestamp updated) => string.Create(CultureInfo.InvariantCulture, $"{updated.Seconds}.{updated.Nanos:D9}");

    /// <summary>The instant of a tag.</summary>
    /// <exception cref="ArgumentException">No store of this kind gave out the tag.</exception>
    public static Wire.Timestamp Parse(string tag)
    {
        string[] parts = tag.Split('.');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int nanos)
            ? new Wire.Timestamp { Seconds = seconds, Nanos = nanos }
            : throw new ArgumentException($"\"{tag}\" is not a tag that this store gave out.", nameof(tag));
    }
}
