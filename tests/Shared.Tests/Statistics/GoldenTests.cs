using System.Globalization;
using System.Text.Json;
using Aisle.Experiments;

namespace Aisle.Tests.Statistics;

/// <summary>Every statistic agrees with vectors that were computed independently, to the last field and to the
/// tolerance that the files state.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string, string> Files { get; } = new(
        from folder in GoldenFolders.Experiments
        from method in GoldenMethods.All.Keys
        select (folder, method));

    public static TheoryData<string> Folders { get; } = [.. GoldenFolders.Experiments];

    [Theory, MemberData(nameof(Files))]
    public void Every_vector_is_reproduced(string folder, string method)
    {
        GoldenFile? file = GoldenFile.Load(folder, method);
        Assert.SkipWhen(file is null, $"{folder} has no {method}.json.");

        string[] differences = [.. file!.Cases.SelectMany(vector => file.Differences(vector, GoldenMethods.All[method](vector.GetProperty("input"))))];

        Assert.True(differences.Length == 0, string.Join(Environment.NewLine, differences));
    }

    [Theory, MemberData(nameof(Folders))]
    public void Every_fingerprint_is_reproduced(string folder)
    {
        GoldenFile? file = GoldenFile.Load(folder, "farm_fingerprint");
        Assert.SkipWhen(file is null, $"{folder} has no farm_fingerprint.json.");

        foreach (JsonElement vector in file!.Cases)
        {
            long expected = long.Parse(vector.GetProperty("fingerprint_int64").GetString()!, CultureInfo.InvariantCulture);
            Assert.Equal(expected, FarmFingerprint.Of(Convert.FromHexString(vector.GetProperty("utf8_hex").GetString()!)));
            if (vector.GetProperty("text") is { ValueKind: JsonValueKind.String } text)
            {
                Assert.Equal(expected, FarmFingerprint.Of(text.GetString()!));
            }
        }
    }
}
