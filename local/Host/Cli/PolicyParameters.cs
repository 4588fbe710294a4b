using System.Globalization;

namespace Aisle.Host.Cli;

/// <summary>Reads the parameters of a policy as an experiment's variant has them, and refuses what the scorer would pass over.</summary>
internal static class PolicyParameters
{
    private static readonly string[] Shares = ["alpha", "beta", "mmr_lambda", "epsilon"];
    private static readonly string[] Policies = ["mmr", "slots", "dpp"];

    /// <summary>The parameters by name.</summary>
    /// <param name="option">The option that they were given with.</param>
    /// <param name="texts">Each <c>name=value</c>.</param>
    /// <exception cref="UsageException">A name is unknown, given twice, or its value out of range.</exception>
    public static Dictionary<string, string> Read(string option, IReadOnlyList<string> texts)
    {
        Dictionary<string, string> parameters = [];
        foreach (string text in texts)
        {
            string[] parts = text.Split('=', 2);
            bool isKnown = parts.Length == 2 && (parts[0] == "policy" ? Policies.Contains(parts[1]) : Shares.Contains(parts[0]) && IsShare(parts[1]));
            if (!isKnown || !parameters.TryAdd(parts[0], parts[1]))
            {
                throw new UsageException(option, $"'{text}' is no parameter of a policy, or given twice", $"Write {string.Join(", ", Shares)} with a value from 0 to 1, or policy={string.Join('|', Policies)}, such as {option} policy=slots.");
            }
        }

        return parameters;
    }

    private static bool IsShare(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1;
}
