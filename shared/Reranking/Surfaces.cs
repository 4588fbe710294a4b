using System.Text.Json;

namespace Aisle.Reranking;

/// <summary>The names of surfaces on the wire.</summary>
public static class Surfaces
{
    private static readonly string[] WireNames = [.. Enum.GetValues<Surface>().Select(surface => JsonNamingPolicy.SnakeCaseLower.ConvertName(surface.ToString()))];

    /// <summary>The names that a request may ask for.</summary>
    public static IReadOnlyList<string> Names { get; } = WireNames[..(int)Surface.Rerank];

    /// <summary>The names that a slate can be logged under.</summary>
    public static IReadOnlyList<string> Logged => WireNames;

    /// <summary>The lower-case name with underscores.</summary>
    public static string WireName(this Surface surface) => WireNames[(int)surface];

    /// <summary>Reads a name, exactly as written.</summary>
    public static Surface? Find(string name)
    {
        for (int index = 0; index < Names.Count; index++)
        {
            if (Names[index] == name)
            {
                return (Surface)index;
            }
        }

        return null;
    }
}
