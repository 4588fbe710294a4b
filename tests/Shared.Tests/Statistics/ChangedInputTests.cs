using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aisle.Numerics;

namespace Aisle.Tests.Statistics;

/// <summary>Every golden case with some of its data changed at random: always a status, never a NaN, never a crash.</summary>
public sealed class ChangedInputTests
{
    private const int ChangesOfCase = 40;

    // What the experimenter chooses; wrong choices are a caller's bug and thrown at.
    private static readonly HashSet<string> Choices = ["alpha", "threshold", "weights", "k", "concentration", "nu", "upper_percentile", "lower_percentile", "sides", "arms", "rho", "information_fractions"];

    public static TheoryData<string> Methods { get; } =
        [
        "welch", "two_proportion", "ratio_delta", "relative_lift", "cuped", "cuped_ratio", "srm", "srm_sequential", "non_inferiority", "winsorize", "quantile", "coverage",
        "buckets", "sequential_cs", "msprt", "power", "group_sequential", "bayesian_lift",
    ];

    [Theory, MemberData(nameof(Methods))]
    public void Any_data_has_a_status_and_no_figure_that_is_no_number(string method)
    {
        GoldenFile file = GoldenFile.Load(GoldenFolders.Experiments[0], method)!;
        List<string> faults = [];
        foreach ((int number, JsonElement vector) in file.Cases.Index())
        {
            SeededRandom random = SeededRandom.Derive(7, (ulong)number);
            for (int change = 0; change < ChangesOfCase; change++)
            {
                JsonElement input = Changed(vector.GetProperty("input"), random);
                if (Fault(method, input) is { } fault)
                {
                    string text = input.GetRawText();
                    faults.Add($"{vector.GetProperty("id")}: {fault} for {text[..Math.Min(text.Length, 400)]}");
                }
            }
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults\n{string.Join('\n', faults.Take(8))}");
    }

    private static string? Fault(string method, JsonElement input)
    {
        try
        {
            Dictionary<string, object?> got = GoldenMethods.All[method](input);
            return got.TryGetValue("status", out object? status) && status is null ? "no status"
                : got.FirstOrDefault(field => Numbers(field.Value).Any(double.IsNaN)) is { Key: { } name } ? $"{name} is NaN"
                : null;
        }
        catch (Exception thrown) when (thrown is ArithmeticException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException)
        {
            return $"{thrown.GetType().Name} ({thrown.Message})";
        }
    }

    private static JsonElement Changed(JsonElement input, SeededRandom random)
    {
        JsonNode root = JsonNode.Parse(input.GetRawText())!;
        Action<JsonNode?>[] leaves = [.. Leaves(root)];
        for (int i = 1 + random.NextInt(3); i > 0 && leaves.Length > 0; i--)
        {
            leaves[random.NextInt(leaves.Length)](JsonValue.Create(Value(random)));
        }

        return JsonSerializer.SerializeToElement(root);
    }

    private static double Value(SeededRandom random) => random.NextInt(9) switch
    {
        0 => 0,
        1 => 1,
        2 => -1,
        3 => 2,
        4 => random.NextInt(1_000),
        5 => 1e12 * random.NextDouble(),
        6 => -1e6 * random.NextDouble(),
        7 => Math.Pow(10, 300 * random.NextDouble()),
        _ => random.NextDouble(),
    };

    private static IEnumerable<Action<JsonNode?>> Leaves(JsonNode? node) => node switch
    {
        JsonObject members => members.ToArray().Where(member => !Choices.Contains(member.Key)).SelectMany(member => IsNumber(member.Value)
            ? [value => members[member.Key] = value]
            : Leaves(member.Value)),
        JsonArray items => items.ToArray().Index().SelectMany(item => IsNumber(item.Item) ? [value => items[item.Index] = value] : Leaves(item.Item)),
        _ => [],
    };

    private static bool IsNumber(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number;

    private static IEnumerable<double> Numbers(object? value) => value switch
    {
        double number => [number],
        IReadOnlyDictionary<string, object?> fields => fields.Values.SelectMany(Numbers),
        string => [],
        IEnumerable list => list.Cast<object?>().SelectMany(Numbers),
        _ => [],
    };
}
