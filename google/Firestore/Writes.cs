using Google.Cloud.Firestore;
using Google.Cloud.Firestore.V1;
using Precondition = Google.Cloud.Firestore.V1.Precondition;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>The writes that the stores need; each replaces or removes a whole document.</summary>
internal static class Writes
{
    /// <summary>Replaces the document, or makes it.</summary>
    public static Write Put(DocumentReference document, IReadOnlyDictionary<string, object?> fields) =>
        new() { Update = DocumentValues.Document(document.Path, fields) };

    /// <summary>Replaces the document if its tag still holds.</summary>
    /// <param name="document">Which.</param>
    /// <param name="fields">All its fields; others are removed.</param>
    /// <param name="expectedTag">The tag it was read under; null when there must be no document yet.</param>
    public static Write Put(DocumentReference document, IReadOnlyDictionary<string, object?> fields, string? expectedTag) => new()
    {
        Update = DocumentValues.Document(document.Path, fields),
        CurrentDocument = expectedTag is null ? new Precondition { Exists = false } : new Precondition { UpdateTime = DocumentTags.Parse(expectedTag) },
    };

    /// <summary>Removes the document; nothing happens when there is none.</summary>
    public static Write Delete(DocumentReference document) => new() { Delete = document.Path };

    /// <summary>Removes the document if its tag still holds.</summary>
    public static Write Delete(DocumentReference document, string expectedTag) =>
        new() { Delete = document.Path, CurrentDocument = new Precondition { UpdateTime = DocumentTags.Parse(expectedTag) } };
}
