using System.Text.Json;

namespace Aisle.Tests.Experiments;

/// <summary>Reads the vectors of <c>tests/Golden/experiments</c>.</summary>
internal static class GoldenFile
{
    public static JsonElement Load(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Aisle.slnx")))
        {
            folder = folder.Parent;
        }

        string file = Path.Combine(folder!.FullName, "tests", "Golden", "experiments", name + ".json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.Clone();
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

    /// <summary>Holds a number to the file's tolerance.</summary>
    public static void Holds(JsonElement file, JsonElement @case, string field, double? got)
    {
        double? expected = Number(@case.GetProperty("expected").GetProperty(field));
        string name = $"{@case.GetProperty("id").GetString()} {field}: expected {expected:R}, got {got:R}";
        if (expected is null || got is null || double.IsInfinity(expected.Value))
        {
            Assert.True(expected == got, name);
            return;
        }

        JsonElement tolerance = file.GetProperty("tolerance");
        if (@case.TryGetProperty("tolerance", out JsonElement own))
        {
            tolerance = own;
        }

        double rtol = tolerance.TryGetProperty("rtol", out JsonElement r) ? r.GetDouble() : 1e-9;
        double atol = tolerance.TryGetProperty("atol", out JsonElement a) ? a.GetDouble() : 1e-12;
        Assert.True(Math.Abs(got.Value - expected.Value) <= atol + (rtol * Math.Abs(expected.Value)), name);
    }
}
