using Microsoft.Extensions.Configuration;

namespace Aisle.Http;

/// <summary>Reads the API keys from the configuration, whose keys are the environment variables <c>AISLE_COLLECTOR_KEYS</c>,
/// <c>AISLE_STOREFRONT_KEYS</c>, <c>AISLE_ANALYST_KEYS</c> and <c>AISLE_OPERATOR_KEYS</c>: one key each, or two with a comma
/// between them while they are rotated.</summary>
public static class ApiKeysReader
{
    private const int MinLength = 16;

    private static readonly ApiRole[] Roles = [ApiRole.Collector, ApiRole.Storefront, ApiRole.Analyst, ApiRole.Operator];

    /// <summary>The keys. A role without one is open to operators alone.</summary>
    /// <exception cref="InvalidOperationException">There is no operator's key, or a key is too short; the message
    /// names the variables, never a key.</exception>
    public static ApiKeys Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Dictionary<ApiRole, IReadOnlyList<string>> keys = Roles.ToDictionary(
            role => role, role => (IReadOnlyList<string>)Split(configuration[Variable(role)]));
        string[] problems =
        [
            .. Roles.Where(role => keys[role].Any(key => key.Length < MinLength))
                .Select(role => $"{Variable(role)} has a key of fewer than {MinLength} characters: make keys of 32 random bytes."),
            .. keys[ApiRole.Operator].Count == 0 ? [$"{Variable(ApiRole.Operator)} is not set: set it to a random key, such as a secret's value."] : Array.Empty<string>(),
        ];
        return problems.Length == 0
            ? new ApiKeys(keys)
            : throw new InvalidOperationException("The API keys cannot be used. " + string.Join(' ', problems));
    }

    private static string[] Split(string? value) =>
        value?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string Variable(ApiRole role) => $"AISLE_{role.ToString().ToUpperInvariant()}_KEYS";
}
