using Microsoft.AspNetCore.Http;

namespace Aisle.Http;

/// <summary>The parameters of an address: one that nobody reads is told, or its sender would believe that it was heeded.</summary>
public static class QueryFields
{
    /// <summary>A problem for each parameter that is not known, ordered by name.</summary>
    /// <param name="query">The address's parameters.</param>
    /// <param name="known">The names it may have.</param>
    public static IEnumerable<FieldProblem> Unknown(IQueryCollection query, params string[] known) => query.Keys
        .Where(name => !known.Contains(name))
        .Order(StringComparer.Ordinal)
        .Select(name => new FieldProblem(name, "unknown", $"Send {string.Join(" or ", known)}, or leave it out."));
}
