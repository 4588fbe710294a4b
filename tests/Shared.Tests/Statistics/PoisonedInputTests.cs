using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aisle.Tests.Statistics;

/// <summary>Whatever figure of an arm is no number, every method refuses it as invalid input, and no NaN comes out.</summary>
public sealed class PoisonedInputTests
{
    private static readonly string[] Poisons = ["NaN", "Infinity", "-Infinity"];
    private static readonly string[] Arms = ["control", "treatment"];

    public static TheoryData<string> Methods { get; } =
        ["welch", "two_proportion", "ratio_delta", "relative_lift", "cuped", "cuped_ratio", "non_inferiority", "quantile", "winsorize"];

    [Theory, MemberData(nameof(Methods))]
    public void A_figure_that_is_no_number_is_invalid_input_wherever_it_stands(string method)
    {
        GoldenFile file = GoldenFile.Load(GoldenFolders.Experiments[0], method)!;
        int tried = 0;
        foreach (JsonElement vector in file.Cases.Where(vector => vector.GetProperty("expected").GetProperty("status").GetString() == "ok"))
        {
            foreach ((JsonElement input, string change) in Poisoned(vector.GetProperty("input")))
            {
                Dictionary<string, object?> got = GoldenMethods.All[method](input);

                Assert.True("invalid_input".Equals(got["status"]), $"{vector.GetProperty("id")} with {change}: {got["status"]}");
                Assert.True(got.Values.SelectMany(Numbers).All(double.IsFinite), $"{vector.GetProperty("id")} with {change}");
                tried++;
            }
        }

        Assert.True(tried > 0, $"{method} has no case to poison.");
    }

    private static IEnumerable<(JsonElement Input, string Change)> Poisoned(JsonElement input)
    {
        JsonNode root = JsonNode.Parse(input.GetRawText())!;
        foreach (string arm in Arms.Where(arm => input.TryGetProperty(arm, out _)))
        {
            foreach ((Action<JsonNode?> write, JsonNode old, string path) in Leaves(root[arm]!, arm).ToArray())
            {
                foreach (string poison in Poisons)
                {
                    write(JsonValue.Create(poison));
                    yield return (JsonSerializer.SerializeToElement(root), $"{path} = {poison}");
                }

                write(old.DeepClone());
            }
        }
    }

    private static IEnumerable<(Action<JsonNode?> Write, JsonNode Old, string Path)> Leaves(JsonNode node, string path) => node switch
    {
        JsonObject members => members.ToArray().SelectMany(member => member.Value is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            ? [(poison => members[member.Key] = poison, value.DeepClone(), $"{path}.{member.Key}")]
            : member.Value is JsonArray list ? Leaves(list, $"{path}.{member.Key}") : []),
        JsonArray items => items.Index().Take(3).SelectMany(item => item.Item is JsonValue value
            ? [(poison => items[item.Index] = poison, value.DeepClone(), $"{path}[{item.Index}]")]
            : item.Item is JsonArray list ? Leaves(list, $"{path}[{item.Index}]") : Array.Empty<(Action<JsonNode?>, JsonNode, string)>()),
        _ => [],
    };

    private static IEnumerable<double> Numbers(object? value) => value switch
    {
        double number => [number],
        IReadOnlyDictionary<string, object?> fields => fields.Values.SelectMany(Numbers),
        string => [],
        IEnumerable list => list.Cast<object?>().SelectMany(Numbers),
        _ => [],
    };
}
