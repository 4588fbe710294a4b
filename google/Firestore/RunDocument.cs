using Aisle.Ports;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>How a retraining run stands in a document.</summary>
internal static class RunDocument
{
    /// <summary>The fields of a run.</summary>
    public static Dictionary<string, object?> Encode(Run run) => new()
    {
        ["run_id"] = run.Id,
        ["kind"] = run.Kind.ToString(),
        ["state"] = run.State.ToString(),
        ["as_of"] = run.AsOf,
        ["started_at"] = run.StartedAt,
        ["ended_at"] = run.EndedAt,
        ["steps"] = run.Steps.Select(Encode).ToArray(),
        ["model_version"] = run.ModelVersion,
        ["reasons"] = run.Reasons,
        ["leased_until"] = run.LeasedUntil,
        ["attempt"] = (long)run.Attempt,
        ["erased"] = run.Erased,
        ["recipe"] = run.Recipe,
        ["catalogue_digest"] = run.CatalogueDigest,
    };

    /// <summary>The run of a document.</summary>
    /// <exception cref="InvalidDataException">A field is missing or of another type.</exception>
    public static Run Decode(DocumentFields document) => new()
    {
        Id = document.Text("run_id"),
        Kind = document.TextOrNull("kind") is null ? RunKind.Retrain : document.Word<RunKind>("kind"),
        State = document.Word<RunState>("state"),
        AsOf = document.Instant("as_of"),
        StartedAt = document.Instant("started_at"),
        EndedAt = document.InstantOrNull("ended_at"),
        Steps = [.. document.Maps("steps").Select(DecodeStep)],
        ModelVersion = document.Text("model_version"),
        Reasons = document.List<string>("reasons"),
        LeasedUntil = document.InstantOrNull("leased_until"),
        Attempt = (int)(document.WholeOrNull("attempt") ?? 0),
        Erased = document.List<string>("erased"),
        Recipe = document.TextOrNull("recipe"),
        CatalogueDigest = document.TextOrNull("catalogue_digest"),
    };

    private static Dictionary<string, object?> Encode(RunStep step) => new()
    {
        ["name"] = step.Name,
        ["state"] = step.State.ToString(),
        ["started_at"] = step.StartedAt,
        ["ended_at"] = step.EndedAt,
        ["progress"] = step.Progress,
        ["counts"] = step.Counts.ToDictionary(count => count.Key, count => (object?)count.Value),
        ["digest"] = step.Digest,
        ["input_digest"] = step.InputDigest,
    };

    private static RunStep DecodeStep(DocumentFields map) => new()
    {
        Name = map.Text("name"),
        State = map.Word<RunStepState>("state"),
        StartedAt = map.InstantOrNull("started_at"),
        EndedAt = map.InstantOrNull("ended_at"),
        Progress = map.NumberOrNull("progress") ?? 0,
        Counts = map.Map<double>("counts"),
        Digest = map.TextOrNull("digest"),
        InputDigest = map.TextOrNull("input_digest"),
    };
}
