using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Aisle.Candidates.Training;
using Aisle.Ports;

namespace Aisle.RetrainTrigger.Recipes;

/// <summary>Recipes as JSON, as the record of a run keeps them.</summary>
public static class RecipeText
{
    /// <summary>The recipe as text.</summary>
    public static string Write(ModelRecipe recipe) => JsonSerializer.Serialize(recipe, RecipeJson.Default.ModelRecipe);

    /// <summary>The recipe of a text; an option that the text does not know has its default.</summary>
    /// <returns>Null when there is no text, or it holds no recipe.</returns>
    public static ModelRecipe? Read(string? text)
    {
        try
        {
            if (text is null || JsonNode.Parse(text) is not JsonObject known || JsonNode.Parse(Write(new ModelRecipe())) is not JsonObject whole)
            {
                return null;
            }

            JsonOverlay.Lay(known, whole);
            return whole.Deserialize(RecipeJson.Default.ModelRecipe);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The recipe that a run follows: its own once it is chosen.</summary>
    /// <param name="run">The run.</param>
    /// <param name="wanted">What holds before.</param>
    public static ModelRecipe Of(Run run, ModelRecipe wanted)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Read(run.Recipe) ?? wanted;
    }

    /// <summary>Whether two recipes make the same model of the same data; how many threads work on it does not matter.</summary>
    public static bool AreSame(ModelRecipe one, ModelRecipe other) => WithoutThreads(one) == WithoutThreads(other);

    /// <summary>Whether two recipes differ in how sources are fused alone, so that what is trained is the same.</summary>
    public static bool TrainTheSame(ModelRecipe one, ModelRecipe other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Hybrid.NewProducts == other.Hybrid.NewProducts && AreSame(one with { Hybrid = other.Hybrid }, other);
    }

    private static ModelRecipe WithoutThreads(ModelRecipe recipe) => recipe with
    {
        Factors = recipe.Factors with { DegreeOfParallelism = 0 },
        Walks = recipe.Walks with { DegreeOfParallelism = 0 },
    };
}

/// <summary>Reads and writes recipes without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ModelRecipe))]
internal sealed partial class RecipeJson : JsonSerializerContext;
