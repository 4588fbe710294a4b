using Google.Cloud.Firestore;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>Reads the fields of a document, or of a map inside one; what is missing or of another type is named.</summary>
/// <param name="where">The document, and the map in it, for messages.</param>
/// <param name="fields">As the client library hands them over.</param>
internal sealed class DocumentFields(string where, IReadOnlyDictionary<string, object?> fields)
{
    /// <summary>The fields of a document that exists.</summary>
    public static DocumentFields Of(DocumentSnapshot snapshot) => new(snapshot.Reference.Path, snapshot.ToDictionary()!);

    /// <summary>A text that must be there.</summary>
    public string Text(string field) => Get<string>(field);

    /// <summary>A text; null when absent or null.</summary>
    public string? TextOrNull(string field) => IsNull(field) ? null : Get<string>(field);

    /// <summary>A whole number that must be there.</summary>
    public long Whole(string field) => Get<long>(field);

    /// <summary>A whole number; null when absent or null.</summary>
    public long? WholeOrNull(string field) => IsNull(field) ? null : Get<long>(field);

    /// <summary>A number; null when absent or null. Firestore's own tools write 3 for 3.0, so whole numbers are taken too.</summary>
    public double? NumberOrNull(string field) => IsNull(field) ? null : fields[field] is long whole ? whole : Get<double>(field);

    /// <summary>A truth value; null when absent or null.</summary>
    public bool? TruthOrNull(string field) => IsNull(field) ? null : Get<bool>(field);

    /// <summary>An instant that must be there, UTC.</summary>
    public DateTimeOffset Instant(string field) => Get<Timestamp>(field).ToDateTimeOffset();

    /// <summary>An instant, UTC; null when absent or null.</summary>
    public DateTimeOffset? InstantOrNull(string field) => IsNull(field) ? null : Instant(field);

    /// <summary>The name of an enumeration's value, which must be there.</summary>
    public T Word<T>(string field)
        where T : struct, Enum =>
        Enum.TryParse(Text(field), out T value) ? value : throw Wrong(where, $"{field} is \"{Text(field)}\", which is no {typeof(T).Name}");

    /// <summary>A map that must be there, of texts or numbers.</summary>
    public IReadOnlyDictionary<string, T> Map<T>(string field) =>
        Get<Dictionary<string, object?>>(field).ToDictionary(pair => pair.Key, pair => Cast<T>($"{field}.{pair.Key}", pair.Value));

    /// <summary>A list that must be there, of texts or numbers.</summary>
    public IReadOnlyList<T> List<T>(string field) => [.. Get<List<object?>>(field).Select((element, index) => Cast<T>($"{field}[{index}]", element))];

    /// <summary>A list of texts, numbers or instants; empty where the field is missing, as in documents of earlier versions.</summary>
    public IReadOnlyList<T> ListOrNone<T>(string field) => IsNull(field) ? [] : List<T>(field);

    /// <summary>The fields of a map; null when absent or null.</summary>
    public DocumentFields? DocumentOrNull(string field) =>
        IsNull(field) ? null : new DocumentFields($"{where}: {field}", Get<Dictionary<string, object?>>(field));

    /// <summary>A list of maps that must be there.</summary>
    public IEnumerable<DocumentFields> Maps(string field)
    {
        string path = $"{where}: {field}";
        return Get<List<object?>>(field).Select((element, index) => new DocumentFields(
            $"{path}[{index}]", element as IReadOnlyDictionary<string, object?> ?? throw Wrong(path, $"[{index}] is no map")));
    }

    /// <summary>A list of maps; empty where the field is missing, as in documents of earlier versions.</summary>
    public IEnumerable<DocumentFields> MapsOrNone(string field) => IsNull(field) ? [] : Maps(field);

    private bool IsNull(string field) => !fields.TryGetValue(field, out object? value) || value is null;

    private T Get<T>(string field) =>
        fields.TryGetValue(field, out object? value) ? Cast<T>(field, value) : throw Wrong(where, $"{field} is missing");

    private T Cast<T>(string field, object? value) =>
        value is T fit ? fit : throw Wrong(where, $"{field} is {value?.GetType().Name ?? "null"}, not {typeof(T).Name}");

    private static InvalidDataException Wrong(string where, string problem) =>
        new($"{where}: {problem}. Another program wrote the document; delete it, and it is made anew.");
}
