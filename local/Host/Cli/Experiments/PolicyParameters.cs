using Aisle.Experiments;

namespace Aisle.Host.Cli.Experiments;

/// <summary>Reads the parameters of a policy as an experiment's variant has them, and refuses what the scorer would pass over.</summary>
internal static class PolicyParameters
{
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
            if (parts.Length < 2 || !ServingParameters.Knows(ServingParameters.Split(parts[0]).Name) || parameters.ContainsKey(parts[0]))
            {
                throw new UsageException(option, $"'{text}' is no parameter of a policy, or given twice", $"Write name=value, such as "
                    + $"{option} policy=slots; names are {string.Join(", ", ServingParameters.Names)}.");
            }

            if (ServingParameters.Remedy(parts[0], parts[1]) is { } remedy)
            {
                throw new UsageException(option, $"'{text}' has a value that {parts[0]} cannot have", remedy);
            }

            parameters.Add(parts[0], parts[1]);
        }

        return parameters;
    }
}
