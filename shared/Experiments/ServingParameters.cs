using System.Globalization;

namespace Aisle.Experiments;

/// <summary>The parameters of a variant that change how slates are made, and what each may be. A name that is not among them is the
/// shop's own and changes nothing here.</summary>
/// <remarks>A name may be bound to one surface, as in <c>similar.mmr_lambda</c>.</remarks>
public static class ServingParameters
{
    /// <summary>Whether positions are given out by marginal relevance, a determinantal point process or reserved slots.</summary>
    public const string Policy = "policy";

    /// <summary>The version of the model that answers.</summary>
    public const string ModelVersion = "model_version";

    private const int LongestVersion = 128;

    private static readonly Dictionary<string, (double Least, double Most, bool IsWhole)> Numbers = new(StringComparer.Ordinal)
    {
        ["alpha"] = (0, 1, false),
        ["beta"] = (0, 4, false),
        ["neighbour_share"] = (0, 1, false),
        ["walk_share"] = (0, 1, false),
        ["session_share"] = (0, 1, false),
        ["depth"] = (10, 500, true),
        ["price_fit"] = (0, 1, false),
        ["mmr_lambda"] = (0, 1, false),
        ["epsilon"] = (0, 1, false),
        ["promise_boost"] = (0, 100, false),
        ["max_per_category"] = (1, 100, true),
        ["max_per_brand"] = (1, 100, true),
    };

    /// <summary>The values of <see cref="Policy"/>.</summary>
    public static IReadOnlyList<string> Policies { get; } = ["mmr", "dpp", "slots"];

    /// <summary>All names, without a surface.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Numbers.Keys, Policy, ModelVersion];

    /// <summary>A name and the surface that it is bound to; null for none.</summary>
    public static (string? Surface, string Name) Split(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (null, name) : (name[..dot], name[(dot + 1)..]);
    }

    /// <summary>Whether a name, without a surface, is one that serving knows.</summary>
    public static bool Knows(string name) => name is Policy or ModelVersion || Numbers.ContainsKey(name);

    /// <summary>The number of a parameter; null when the parameter is no number, or the value is none within its range.</summary>
    /// <param name="name">Without a surface.</param>
    /// <param name="value">As written.</param>
    public static double? Number(string name, string value) =>
        Numbers.TryGetValue(name, out (double Least, double Most, bool IsWhole) range)
        && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && number >= range.Least && number <= range.Most && (!range.IsWhole || number == Math.Floor(number))
            ? number
            : null;

    private static bool IsVersion(string value) =>
        value.Length is > 0 and <= LongestVersion && value[0] != '.' && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    /// <summary>What a parameter must be, when a value is not that; null when the value is good or the name is the shop's own.</summary>
    /// <param name="name">With or without a surface.</param>
    /// <param name="value">As written.</param>
    public static string? Remedy(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        string plain = Split(name).Name;
        if (Numbers.TryGetValue(plain, out (double Least, double Most, bool IsWhole) range))
        {
            return Number(plain, value) is null
                ? string.Create(CultureInfo.InvariantCulture, $"Send {(range.IsWhole ? "a whole number" : "a number")} from {range.Least} "
                    + $"to {range.Most}.")
                : null;
        }

        return plain switch
        {
            Policy when !Policies.Contains(value) => $"Send one of {string.Join(", ", Policies)}.",
            ModelVersion when !IsVersion(value) => "Send a version as GET /v1/models lists it.",
            _ => null,
        };
    }
}
