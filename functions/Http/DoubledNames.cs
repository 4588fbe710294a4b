using System.Text.Json;

namespace Aisle.Http;

/// <summary>Finds a name that one object of a JSON document has twice: of the two values nobody knows which was meant.</summary>
internal static class DoubledNames
{
    private const int MaxEchoed = 100;

    /// <summary>Where the first such name stands, such as <c>products[1].price</c>, at most 100 characters of it; null when there is none.</summary>
    public static string? Find(JsonElement json) => Find(json, "") is { } place ? place[..Math.Min(place.Length, MaxEchoed)] : null;

    private static string? Find(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object => InObject(json, path),
        JsonValueKind.Array => json.EnumerateArray().Select((item, index) => Find(item, $"{path}[{index}]")).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static string? InObject(JsonElement json, string path)
    {
        HashSet<string> names = [];
        foreach (JsonProperty property in json.EnumerateObject())
        {
            string place = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (!names.Add(property.Name))
            {
                return place;
            }

            if (Find(property.Value, place) is { } below)
            {
                return below;
            }
        }

        return null;
    }
}
