using System.Text.Json;

namespace Aisle.Reranking.Rules;

/// <summary>Merchandising rules as a JSON document: <c>{"rules":[{"id","action","match":{…},"position","factor","surfaces","audience","from","until","priority"}],"bursts":[{"from","until","lambda","epsilon"}]}</c>.</summary>
public static class RuleFile
{
    /// <summary>Reads a document.</summary>
    /// <param name="utf8">The bytes, UTF-8.</param>
    /// <param name="problems">What is wrong, each with the place and the remedy; empty when the document is good.</param>
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
            found.Add($"{problem.Path ?? "$"}: {problem.Message}");
            return null;
        }

        MerchandisingRule[] rules = [.. (document?.Rules ?? []).Select((entry, index) => entry.ToRule($"rules[{index}]", found)).OfType<MerchandisingRule>()];
        Burst[] bursts = [.. (document?.Bursts ?? []).Select((entry, index) => entry.ToBurst($"bursts[{index}]", found)).OfType<Burst>()];
        return found.Count == 0 ? new RuleSet(rules) { Bursts = bursts } : null;
    }

    /// <summary>Writes rules so that <see cref="Read"/> gives them back.</summary>
    public static byte[] Write(RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return JsonSerializer.SerializeToUtf8Bytes(new RuleDocument
        {
            Rules = [.. rules.Rules.Select(RuleEntry.Of)],
            Bursts = rules.Bursts.Count == 0 ? null : [.. rules.Bursts.Select(BurstEntry.Of)],
        }, RuleJson.Default.RuleDocument);
    }
}
