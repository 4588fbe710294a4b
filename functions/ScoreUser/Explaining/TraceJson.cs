using System.Text.Json;
using Aisle.Candidates.Lists;
using Aisle.Reranking;
using Aisle.Reranking.Rules;
using Aisle.ScoreUser.Answering;

namespace Aisle.ScoreUser.Explaining;

/// <summary>The trace of a slate on the wire.</summary>
internal static class TraceJson
{
    private static readonly string[] SourceNames = [.. Enum.GetValues<CandidateSource>().Select(source => JsonNamingPolicy.SnakeCaseLower.ConvertName(source.ToString()))];

    /// <summary>Writes the property <c>trace</c>.</summary>
    public static void Write(Utf8JsonWriter json, SlateTrace trace, Func<int, string> idOf)
    {
        json.WriteStartObject("trace");
        WriteRoute(json, trace.Route);
        json.WriteNumber("found", trace.Found);
        json.WriteStartObject("removed");
        foreach ((string reason, int count) in trace.Removed)
        {
            json.WriteNumber(reason, count);
        }

        json.WriteEndObject();
        json.WriteNumber("kept", trace.Found - trace.Removed.Sum(entry => entry.Count));
        json.WriteNumber("reranked", trace.Depth);
        WriteOptions(json, trace.Options);
        WriteRules(json, trace);
        json.WriteStartArray("candidates");
        foreach (TracedCandidate candidate in trace.Candidates)
        {
            WriteCandidate(json, candidate, idOf(candidate.Item));
        }

        json.WriteEndArray();
        WriteSteps(json, trace, idOf);
        json.WriteStartArray("positions");
        foreach (ComposedItem position in trace.Positions)
        {
            json.WriteStartObject();
            json.WriteString("product_id", idOf(position.Item));
            json.WriteString("slot", SlateJson.SlotName(position.Slot));
            json.WriteNumber("score", position.Score);
            json.WriteNumber("propensity", position.Propensity);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRoute(Utf8JsonWriter json, CandidateRoute? route)
    {
        if (route is not null)
        {
            json.WriteStartObject("route");
            json.WriteString("strategy", route.Strategy);
            json.WriteString("from", route.From);
            json.WriteNumber("distinct_products", route.DistinctProducts);
            json.WriteEndObject();
        }
    }

    private static void WriteSteps(Utf8JsonWriter json, SlateTrace trace, Func<int, string> idOf)
    {
        json.WriteStartArray("steps");
        foreach (CompositionStep step in trace.Steps)
        {
            json.WriteStartObject();
            json.WriteString("step", step.Name);
            json.WriteStartArray("product_ids");
            foreach (int? item in step.Items)
            {
                json.WriteStringValue(item is { } shown ? idOf(shown) : null);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOptions(Utf8JsonWriter json, ComposeOptions? options)
    {
        if (options is not null)
        {
            json.WriteStartObject("composition");
            json.WriteString("policy", options.Policy switch { SlatePolicy.Slots => "slots", SlatePolicy.Determinantal => "dpp", _ => "mmr" });
            json.WriteNumber("mmr_lambda", options.Lambda);
            json.WriteNumber("epsilon", options.Epsilon);
            json.WriteEndObject();
        }
    }

    private static void WriteRules(Utf8JsonWriter json, SlateTrace trace)
    {
        json.WriteStartArray("rules");
        foreach (string rule in trace.RulesFired)
        {
            json.WriteStringValue(rule);
        }

        json.WriteEndArray();
        json.WriteStartArray("pins");
        foreach (RulePin pin in trace.Pins)
        {
            json.WriteStartObject();
            json.WriteNumber("position", pin.Position);
            json.WriteString("product_id", pin.Product.Id.Value);
            json.WriteString("rule", pin.RuleId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCandidate(Utf8JsonWriter json, TracedCandidate candidate, string id)
    {
        json.WriteStartObject();
        json.WriteString("product_id", id);
        json.WriteString("source", SourceNames[(int)candidate.Source]);
        json.WriteNumber("score", candidate.Score);
        if (candidate.Components is { } parts)
        {
            WritePart(json, "collaborative", parts.Collaborative);
            WritePart(json, "content", parts.Content);
            WritePart(json, "neighbours", parts.Neighbours);
            json.WriteNumber("popularity", parts.Popularity);
            json.WriteNumber("newness", parts.NewnessFactor);
        }

        WritePart(json, "visit", candidate.Visit);
        json.WriteString("removed_by", candidate.RemovedBy);
        json.WriteNumber("rule_factor", candidate.RuleFactor);
        json.WriteNumber("price_factor", candidate.PriceFactor);
        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, string name, float? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
    }
}
