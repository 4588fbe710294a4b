using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Aisle.Reranking.Rules;

/// <summary>Merchandising rules as a JSON document:
/// <c>{"rules":[{"id","action","match":{…},"position","factor","surfaces","audience","from","until","priority"}],"bursts":[{"from","until","lambda","epsilon"}],"repeat_purchases":[{"category","after_days"}]}</c>.</summary>
public static class RuleFile
{
    private const string Rules = "rules";
    private const string Bursts = "bursts";
    private const string RepeatPurchases = "repeat_purchases";
    private const int MostProblems = 100;

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">The bytes, UTF-8.</param>
    /// <param name="problems">All that is wrong, each as <c>place: problem; remedy</c>; empty when the document is good. Text that is not JSON has one place; of very many problems the first 100 are told.</param>
    /// <returns>The rules, or null when anything is wrong: a half-read file would show shoppers what nobody wanted.</returns>
    public static RuleSet? Read(ReadOnlyMemory<byte> utf8, out IReadOnlyList<string> problems)
    {
        List<string> found = [];
        RuleSet? rules = Read(utf8, found);
        problems = found.Count <= MostProblems ? found : [.. found.Take(MostProblems), $"rules: {found.Count - MostProblems} further problems; correct these first."];
        return rules;
    }

    private static RuleSet? Read(ReadOnlyMemory<byte> utf8, List<string> problems)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            return Read(document.RootElement, problems);
        }
        catch (JsonException broken)
        {
            problems.Add($"$: no JSON (line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}); look for a missing comma, bracket or quotation mark.");
            return null;
        }
        catch (InvalidOperationException)
        {
            problems.Add("$: a field's name holds half a character (a lone surrogate); write the name anew.");
            return null;
        }
    }

    private static RuleSet? Read(JsonElement root, List<string> problems)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add("$: no object; write {\"rules\":[…]}.");
            return null;
        }

        foreach (JsonProperty unknown in root.EnumerateObject().Where(property => property.Name is not (Rules or Bursts or RepeatPurchases)))
        {
            problems.Add($"{unknown.Name}: there is no such field; correct its name or leave it out: {Rules}, {Bursts}, {RepeatPurchases}.");
        }

        List<(int Index, MerchandisingRule Rule)> rules = Read(root, Rules, RuleJson.Default.RuleEntry, problems, (entry, place) => entry.ToRule(place, problems));
        List<(int Index, Burst Burst)> bursts = Read(root, Bursts, RuleJson.Default.BurstEntry, problems, (entry, place) => entry.ToBurst(place, problems));
        List<(int Index, RepeatPurchase Repeat)> repeats = Read(root, RepeatPurchases, RuleJson.Default.RepeatPurchaseEntry, problems, (entry, place) => entry.ToRepeatPurchase(place, problems));
        problems.AddRange(RuleLinter.Refusals([.. rules.Select(read => read.Rule)])
            .Select(finding => $"rules[{rules.Find(read => read.Rule.Id == finding.RuleIds[0]).Index}] ({finding.RuleIds[0]}): {finding.Message}"));
        return problems.Count > 0 ? null : new RuleSet([.. rules.Select(read => read.Rule)])
        {
            Bursts = [.. bursts.Select(read => read.Burst)],
            RepeatPurchases = [.. repeats.Select(read => read.Repeat)],
        };
    }

    /// <summary>Writes rules so that <see cref="Read(ReadOnlyMemory{byte}, out IReadOnlyList{string})"/> gives them back.</summary>
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

    /// <summary>The good entries of one list, each with its index; what is wrong with the others is added.</summary>
    private static List<(int Index, T Entry)> Read<TEntry, T>(JsonElement root, string name, JsonTypeInfo<TEntry> shape, List<string> problems, Func<TEntry, string, T?> read)
        where TEntry : class
        where T : class
    {
        List<(int, T)> good = [];
        if (!root.TryGetProperty(name, out JsonElement list) || list.ValueKind == JsonValueKind.Null)
        {
            return good;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            problems.Add($"{name}: no list; write […].");
            return good;
        }

        foreach ((int index, JsonElement element) in list.EnumerateArray().Index())
        {
            string place = $"{name}[{index}]";
            int before = problems.Count;
            RuleShape.Check(element, shape, place, problems);
            if (problems.Count == before && read(element.Deserialize(shape)!, place) is { } entry)
            {
                good.Add((index, entry));
            }
        }

        return good;
    }
}
