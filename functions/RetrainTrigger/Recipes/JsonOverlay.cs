using System.Text.Json.Nodes;

namespace Aisle.RetrainTrigger.Recipes;

/// <summary>Options in JSON that name only what differs from the defaults.</summary>
public static class JsonOverlay
{
    /// <summary>The first name that the defaults do not have, as a path such as <c>hybrid.alfa</c>; null when they have all.</summary>
    /// <param name="named">What is named.</param>
    /// <param name="defaults">Every option with its default.</param>
    public static string? Unknown(JsonObject named, JsonObject defaults) => Unknown(named, defaults, "");

    /// <summary>Lays what is named over the defaults, part by part; a part that is null stays as it is.</summary>
    /// <param name="named">What is named.</param>
    /// <param name="defaults">Every option with its default; receives what is named.</param>
    public static void Lay(JsonObject named, JsonObject defaults)
    {
        ArgumentNullException.ThrowIfNull(named);
        ArgumentNullException.ThrowIfNull(defaults);
        foreach ((string name, JsonNode? value) in named)
        {
            if (value is JsonObject part && defaults[name] is JsonObject below)
            {
                Lay(part, below);
            }
            else if (value is not null || defaults[name] is not JsonObject)
            {
                defaults[name] = value?.DeepClone();
            }
        }
    }

    private static string? Unknown(JsonObject named, JsonObject defaults, string path)
    {
        ArgumentNullException.ThrowIfNull(named);
        ArgumentNullException.ThrowIfNull(defaults);
        foreach ((string name, JsonNode? value) in named)
        {
            if (!defaults.TryGetPropertyValue(name, out JsonNode? known))
            {
                return path + name;
            }

            if (value is JsonObject part && known is JsonObject below && Unknown(part, below, $"{path}{name}.") is { } unknown)
            {
                return unknown;
            }
        }

        return null;
    }
}
