using System.Globalization;
using System.Text.Json;

namespace Aisle.Host.Output;

/// <summary>How long a run will still take, judged by how long the steps of an earlier one took.</summary>
/// <param name="seconds">What each step took then; steps that are unknown count as one second.</param>
internal sealed class TimeLeft(IReadOnlyDictionary<string, double> seconds)
{
    /// <summary>Judges by the latest promoted run of a list that is of the same kind.</summary>
    /// <param name="runs">The runs, newest first.</param>
    /// <param name="id">The run that is watched.</param>
    public static TimeLeft By(JsonElement runs, string id)
    {
        JsonElement[] all = [.. runs.EnumerateArray()];
        string? kind = all.FirstOrDefault(run => Is(run, "id", id)) is { ValueKind: JsonValueKind.Object } watched ? watched.GetProperty("kind").GetString() : null;
        JsonElement earlier = all.FirstOrDefault(run => Is(run, "state", "promoted") && !Is(run, "id", id) && Is(run, "kind", kind));
        return new TimeLeft(earlier.ValueKind == JsonValueKind.Undefined ? new Dictionary<string, double>() : earlier.GetProperty("steps").EnumerateArray()
            .Where(step => step.GetProperty("duration_s").ValueKind == JsonValueKind.Number)
            .ToDictionary(step => step.GetProperty("name").GetString()!, step => step.GetProperty("duration_s").GetDouble()));
    }

    /// <summary>Which part of the run is done, in [0, 1]; steps weigh as much as they took then.</summary>
    public double Done(JsonElement run)
    {
        double all = 0;
        double done = 0;
        foreach (JsonElement step in run.GetProperty("steps").EnumerateArray())
        {
            double weight = Math.Max(0.01, seconds.GetValueOrDefault(step.GetProperty("name").GetString()!, 1));
            all += weight;
            done += weight * (Is(step, "state", "done") ? 1 : step.GetProperty("progress").GetDouble());
        }

        return all > 0 ? done / all : 1;
    }

    /// <summary>The time left in words: by the pace of this run once a tenth is done, by the earlier one before.</summary>
    /// <param name="run">The run.</param>
    /// <param name="elapsed">For how long it has been at work.</param>
    public string Words(JsonElement run, TimeSpan elapsed)
    {
        double done = Done(run);
        double known = seconds.Values.Sum();
        double? left = done >= 0.1 ? elapsed.TotalSeconds * (1 - done) / done : known > 0 ? known * (1 - done) : null;
        return left is not { } span ? "time left unknown"
            : span < 90 ? string.Create(CultureInfo.InvariantCulture, $"about {Math.Ceiling(span):0} s left")
            : string.Create(CultureInfo.InvariantCulture, $"about {span / 60:0} min left");
    }

    private static bool Is(JsonElement value, string name, string? text) => value.GetProperty(name).GetString() == text;
}
