using System.Text.Json;
using Aisle.Http;

namespace Aisle.AbReport.Requests;

/// <summary>The fields that a request may have: a misspelt one is told instead of being passed over.</summary>
internal static class RequestFields
{
    /// <summary>The fields of a new experiment.</summary>
    public static IReadOnlyList<string> OfExperiment { get; } = ["key", "description", "variants", "starts_at", "ends_at", "state", "salt", "layer", "overrides"];

    /// <summary>The fields of one variant.</summary>
    public static IReadOnlyList<string> OfVariant { get; } = ["name", "weight", "from_bucket", "to_bucket", "parameters"];

    /// <summary>What can be changed of an experiment that exists.</summary>
    public static IReadOnlyList<string> Changeable { get; } = ["state", "ends_at", "description", "overrides"];

    /// <summary>A problem for each field that is not known.</summary>
    /// <param name="given">An object.</param>
    /// <param name="known">The names it may have.</param>
    /// <param name="path">Begins the name of a field, with a dot; empty at the top.</param>
    public static IEnumerable<FieldProblem> Unknown(JsonElement given, IReadOnlyList<string> known, string path) => given.EnumerateObject()
        .Where(member => !known.Contains(member.Name))
        .Select(member => new FieldProblem(path + member.Name, "unknown", $"Send {string.Join(", ", known)}, or leave it out."));
}
