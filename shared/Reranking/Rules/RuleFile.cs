using System.Text.Json;

namespace Aisle.Reranking.Rules;

/// <summary>Merchandising rules as a JSON document:
/// <c>{"rules":[{"id","action","match":{…},"position","factor","surfaces","audience","from","until","priority"}],"bursts":[{"from","until","lambda","epsilon"}],"repeat_purchases":[{"category","after_days"}]}</c>.</summary>
public static class RuleFile
{
    /// <summary>Reads a document.</summary>
    /// <param name="utf8">The bytes, UTF-8.</param>
    /// <param name="problems">What is wrong, each as <c>place: problem; remedy</c>; empty when the document is good.</param>
    /// <returns>The rules, or null when anything is wrong: a half-read file would show shoppers what nobody wanted.</returns>
    public static RuleSet? Read(ReadOnlySpan<byte> utf8, out IReadOnlyList<string> problems)
    {
        List<string> found = [];
        problems = found;
        RuleDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(utf8, RuleJson.Default.RuleDocument);
        }
        catch (JsonException problem)
        {
            found.Add($"{problem.Path ?? "$"}: no JSON that rules are written in (line {problem.LineNumber + 1}); look for a field that "
                + "does not exist, a wrong value, or a missing comma or bracket.");
            return null;
        }

        MerchandisingRule[] rules = [.. Read(document?.Rules, "rules", found, (entry, place) => entry.ToRule(place, found))];
        Burst[] bursts = [.. Read(document?.Bursts, "bursts", found, (entry, place) => entry.ToBurst(place, found))];
        RepeatPurchase[] repeats = [.. Read(document?.RepeatPurchases, "repeat_purchases", found, (entry, place) => entry.ToRepeatPurchase(place, found))];
        found.AddRange(RuleLinter.Refusals(rules).Select(finding => $"rules[{Array.FindIndex(rules, rule => rule.Id == finding.RuleIds[0])}] ({finding.RuleIds[0]}): {finding.Message}"));
        return found.Count == 0 ? new RuleSet(rules) { Bursts = bursts, RepeatPurchases = repeats } : null;
    }

    /// <summary>Writes rules so that <see cref="Read(ReadOnlySpan{byte}, out IReadOnlyList{string})"/> gives them back.</summary>
    public static byte[] Write(RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        RuleDocument document = new()
        {
            Rules = [.. rules.Rules.Select(RuleEntry.Of)],
            Bursts = rules.Bursts.Count == 0 ? null : [.. rules.Bursts.Select(BurstEntry.Of)],
            RepeatPurchases = rules.RepeatPurchases.Count == 0 ? null : [.. rules.RepeatPurchases.Select(RepeatPurchaseEntry.Of)],
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, RuleJson.Default.RuleDocument);
    }

    private static IEnumerable<T> Read<TEntry, T>(List<TEntry?>? entries, string name, List<string> problems, Func<TEntry, string, T?> read)
        where TEntry : class
        where T : class
    {
        for (int index = 0; index < (entries?.Count ?? 0); index++)
        {
            string place = $"{name}[{index}]";
            if (entries![index] is not { } entry)
            {
                problems.Add($"{place}: null; remove it.");
            }
            else if (read(entry, place) is { } good)
            {
                yield return good;
            }
        }
    }
}
