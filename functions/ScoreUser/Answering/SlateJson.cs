using System.Text.Json;
using Aisle.Candidates.Reasons;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Reranking;
using Aisle.ScoreUser.Explaining;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Reading;

namespace Aisle.ScoreUser.Answering;

/// <summary>A slate on the wire.</summary>
internal static class SlateJson
{
    /// <summary>Writes one slate as an object.</summary>
    public static void Write(Utf8JsonWriter json, ScoreOutcome outcome, string? rawUser)
    {
        json.WriteStartObject();
        json.WriteString("slate_id", outcome.Slate.Id.Value);
        json.WriteString("user_id", rawUser);
        json.WriteString("surface", outcome.Slate.Surface);
        json.WriteString("strategy", outcome.Slate.Strategies[0]);
        WriteExperiments(json, outcome);
        json.WriteString("model_version", outcome.Slate.ModelVersion);
        json.WriteStartObject("freshness");
        WriteSeconds(json, "model_age_s", outcome.ModelAgeSeconds);
        WriteSeconds(json, "candidates_age_s", outcome.CandidatesAgeSeconds);
        WriteSeconds(json, "features_age_s", outcome.FeaturesAgeSeconds);
        json.WriteEndObject();
        WriteDegradations(json, outcome);
        WriteShortfall(json, outcome.Shortfall);
        json.WriteStartArray("items");
        for (int index = 0; index < outcome.Products.Count; index++)
        {
            WriteItem(json, outcome.Slate.Items[index], outcome.Products[index]);
        }

        json.WriteEndArray();
        if (outcome.Trace is { } trace)
        {
            TraceJson.Write(json, trace, outcome.IdOf);
        }

        json.WriteEndObject();
    }

    private static void WriteExperiments(Utf8JsonWriter json, ScoreOutcome outcome)
    {
        json.WriteStartArray("experiments");
        foreach ((Experiment experiment, Variant variant) in outcome.Variants)
        {
            json.WriteStartObject();
            json.WriteString("key", experiment.Key);
            json.WriteString("variant", variant.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDegradations(Utf8JsonWriter json, ScoreOutcome outcome)
    {
        json.WriteStartArray("degradations");
        foreach (Degradation degradation in outcome.Degradations)
        {
            json.WriteStartObject();
            json.WriteString("stage", degradation.Stage);
            json.WriteString("reason", degradation.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteShortfall(Utf8JsonWriter json, SlateShortfall? shortfall)
    {
        if (shortfall is null)
        {
            json.WriteNull("shortfall");
            return;
        }

        json.WriteStartObject("shortfall");
        json.WriteNumber("requested", shortfall.Requested);
        json.WriteNumber("eligible", shortfall.Eligible);
        json.WriteStartObject("reasons");
        foreach ((string reason, int count) in shortfall.Reasons)
        {
            json.WriteNumber(reason, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, SlateItem item, ShownProduct shown)
    {
        json.WriteStartObject();
        json.WriteString("product_id", item.Product.Value);
        json.WriteNumber("rank", item.Rank);
        json.WriteNumber("score", Math.Round(item.Score, 6));
        json.WriteString("slot", SlotName(item.Slot));
        json.WriteNumber("propensity", item.Propensity);
        json.WriteStartObject("reason");
        json.WriteString("code", shown.Reason.Code.WireName());
        if (shown.Reason.Product is { } because)
        {
            json.WriteString("product_id", because.Value);
        }

        if (shown.Reason.Share is { } share)
        {
            json.WriteNumber("share", Math.Round(share, 4));
        }

        json.WriteString("text", ReasonText.Of(shown.Reason.Code, shown.ReasonTitle));
        json.WriteEndObject();
        WriteProduct(json, shown);
        json.WriteEndObject();
    }

    private static void WriteProduct(Utf8JsonWriter json, ShownProduct shown)
    {
        json.WriteString("title", shown.Product.Title);
        json.WriteString("brand", shown.Product.Brand);
        json.WriteString("category", shown.Product.Category);
        if (shown.PriceMinor is { } price && shown.Currency is { } currency)
        {
            json.WriteNumber("price", Money.FromMinor(price, currency));
            json.WriteString("currency", currency);
        }
        else
        {
            json.WriteNull("price");
            json.WriteNull("currency");
        }

        json.WriteString("image_url", shown.Product.ImageUrl);
    }

    private static void WriteSeconds(Utf8JsonWriter json, string name, double? seconds)
    {
        if (seconds is { } value)
        {
            json.WriteNumber(name, Math.Round(Math.Max(0, value), 1));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    internal static string SlotName(SlotKind slot) => slot switch
    {
        SlotKind.Ranked => "ranked",
        SlotKind.Primary => "primary",
        SlotKind.Secondary => "secondary",
        SlotKind.Trending => "trending",
        SlotKind.Exploration => "exploration",
        SlotKind.Surprise => "surprise",
        SlotKind.Pinned => "pinned",
        SlotKind.BackFill => "back_fill",
        _ => throw new ArgumentOutOfRangeException(nameof(slot)),
    };
}
