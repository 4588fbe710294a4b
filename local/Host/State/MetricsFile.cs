using System.Text.Json;
using Aisle.AbReport.Metrics;
using Aisle.Host.Cli;

namespace Aisle.Host.State;

/// <summary>The shop's own metrics: <c>metrics.json</c> in the state folder, if there is one.</summary>
internal static class MetricsFile
{
    /// <summary>The definitions; none without the file.</summary>
    /// <exception cref="UsageException">The file cannot be read or something in it is wrong; the message names
    /// every field and its remedy.</exception>
    public static IReadOnlyList<MetricDefinition> Load(string folder)
    {
        string path = Path.Combine(folder, "metrics.json");
        if (!File.Exists(path))
        {
            return [];
        }

        MetricFile file = new();
        IReadOnlyList<MetricDefinition> metrics;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            metrics = file.Read(document.RootElement);
        }
        catch (JsonException broken)
        {
            throw new UsageException(path, $"no JSON: {broken.Message}", "Mend the file, or take it away.");
        }

        return file.Problems.Count == 0
            ? metrics
            : throw new UsageException(
                path, string.Join("; ", file.Problems.Select(problem => $"{problem.Field} is {problem.Problem}")), string.Join(" ", file.Problems.Select(problem => problem.Remedy).Distinct()));
    }
}
