using Aisle.Candidates;
using Aisle.Ports;

namespace Aisle.RetrainTrigger.Models;

/// <summary>One version on the shelf: a line of the list, and with the run and the bundle its model card.</summary>
/// <param name="Version">Which.</param>
/// <param name="Serves">Whether it serves now.</param>
/// <param name="IsPrevious">Whether it served before, so that a rollback brings it back.</param>
/// <param name="Run">The run that made it; null when its record is gone.</param>
/// <param name="Bundle">The model; null in a list, and when it is damaged.</param>
/// <param name="Problem">What is wrong with its files; null when they were not looked at or are whole.</param>
public sealed record ShelfEntry(string Version, bool Serves, bool IsPrevious, Run? Run, ModelBundle? Bundle, string? Problem);
