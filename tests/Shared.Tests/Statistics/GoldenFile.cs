using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Aisle.Tests.Statistics;

/// <summary>One golden file: vectors with a tolerance, compared field by field with what our code computed.</summary>
internal sealed class GoldenFile
{
    private readonly JsonElement _root;

    private GoldenFile(JsonElement root) => _root = root;

    /// <summary>The vectors.</summary>
    public IEnumerable<JsonElement> Cases => _root.GetProperty("cases").EnumerateArray();

    public JsonElement Root => _root;

    /// <summary>The file of a method in a folder; null when the folder has none.</summary>
    public static GoldenFile? Load(string folder, string method)
    {
        string file = Path.Combine(folder, method + ".json");
        if (!File.Exists(file))
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        return new GoldenFile(document.RootElement.Clone());
    }

    /// <summary>A number that may be written as a word; null stays null.</summary>
    public static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            string other => throw new FormatException(other),
            null => null,
        },
        _ => value.GetDouble(),
    };

    /// <summary>Every difference between a vector's expected fields and ours, in words.</summary>
    public IEnumerable<string> Differences(JsonElement vector, IReadOnlyDictionary<string, object?> got)
    {
        vector.TryGetProperty("tolerance", out JsonElement own);
        _root.TryGetProperty("tolerance", out JsonElement shared);
        string name = vector.TryGetProperty("id", out JsonElement id) ? id.GetString()! : "the case";
        return vector.GetProperty("expected").EnumerateObject().SelectMany(field => Compare(
            $"{name} {field.Name}", field.Value, got.TryGetValue(field.Name, out object? value) ? value : "(not computed)", Part("rtol", own, shared, 1e-9), Part("atol", own, shared, 1e-12)));
    }

    // A case overrides the fields that it names, and no others.
    private static double Part(string name, JsonElement own, JsonElement shared, double otherwise)
    {
        foreach (JsonElement tolerance in new[] { own, shared })
        {
            if (tolerance.ValueKind == JsonValueKind.Object && tolerance.TryGetProperty(name, out JsonElement value))
            {
                return value.GetDouble();
            }
        }

        return otherwise;
    }

    private static IEnumerable<string> Compare(string name, JsonElement expected, object? got, double rtol, double atol)
    {
        switch (expected.ValueKind, got)
        {
            case (JsonValueKind.Object, IReadOnlyDictionary<string, object?> fields):
                return expected.EnumerateObject().SelectMany(field =>
                    Compare($"{name}.{field.Name}", field.Value, fields.TryGetValue(field.Name, out object? value) ? value : "(not computed)", rtol, atol));
            case (JsonValueKind.Array, IEnumerable list and not string):
                object?[] elements = [.. list.Cast<object?>()];
                return elements.Length != expected.GetArrayLength()
                    ? [$"{name}: {expected.GetArrayLength()} elements expected, got {elements.Length}"]
                    : expected.EnumerateArray().SelectMany((element, i) => Compare($"{name}[{i}]", element, elements[i], rtol, atol));
            default:
                return AreEqual(expected, got, rtol, atol) ? [] : [$"{name}: expected {expected.GetRawText()}, got {Show(got)}"];
        }
    }

    private static bool AreEqual(JsonElement expected, object? got, double rtol, double atol) => (expected.ValueKind, got) switch
    {
        (JsonValueKind.Null, _) => got is null,
        (JsonValueKind.True or JsonValueKind.False, bool truth) => truth == expected.GetBoolean(),
        (JsonValueKind.String, string text) => text == expected.GetString(),
        (JsonValueKind.String, double number) => Number(expected) is { } word && word.Equals(number),
        (JsonValueKind.Number, not null and not string and not bool) =>
            Math.Abs(Convert.ToDouble(got, CultureInfo.InvariantCulture) - expected.GetDouble()) <= atol + (rtol * Math.Abs(expected.GetDouble())),
        _ => false,
    };

    private static string Show(object? got) => got is double number ? number.ToString("R", CultureInfo.InvariantCulture) : got?.ToString() ?? "null";
}
