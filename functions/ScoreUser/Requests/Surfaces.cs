using System.Text.Json;

namespace Aisle.ScoreUser.Requests;

/// <summary>The names of surfaces on the wire.</summary>
public static class Surfaces
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<Surface>().Select(WireName)];

    /// <summary>The lower-case name with underscores.</summary>
    public static string WireName(this Surface surface) => JsonNamingPolicy.SnakeCaseLower.ConvertName(surface.ToString());

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
