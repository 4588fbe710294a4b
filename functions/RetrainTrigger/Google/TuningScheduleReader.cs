using Aisle.RetrainTrigger.Recipes;

namespace Aisle.RetrainTrigger.GoogleCloud;

/// <summary>Reads <c>AISLE_TUNING</c>. A search keeps to its budget of minutes, save that the trial that is under way is ended: where one
/// training takes longer than Scheduler waits, it is to be <c>off</c>.</summary>
internal static class TuningScheduleReader
{
    /// <summary>The schedule of a value; weekly when there is none.</summary>
    /// <exception cref="InvalidOperationException">The value names no schedule.</exception>
    public static TuningSchedule Read(string? value) => value switch
    {
        null or "" or "weekly" => TuningSchedule.Weekly,
        "nightly" => TuningSchedule.Nightly,
        "off" => TuningSchedule.Off,
        _ => throw new InvalidOperationException($"AISLE_TUNING is \"{value}\": set it to weekly, nightly or off, or leave it out for weekly."),
    };
}
