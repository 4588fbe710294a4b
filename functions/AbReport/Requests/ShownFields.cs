using System.Text.Json;
using Aisle.Experiments;
using Aisle.Http;

namespace Aisle.AbReport.Requests;

/// <summary>What an answer shows of an experiment beside what a caller writes: it may be sent back, so that an experiment can be copied or
/// changed in the form in which it was read.</summary>
internal static class ShownFields
{
    private const string StoppedAt = "stopped_at";
    private const string AssignedElsewhere = "assigned_elsewhere";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [StoppedAt, AssignedElsewhere];

    /// <summary>What contradicts the rest of a new experiment: only one that is over was stopped, or assigned elsewhere.</summary>
    /// <param name="body">A request for a new experiment.</param>
    /// <param name="state">Its state; null when that could not be read.</param>
    /// <param name="from">When it starts; null when that could not be read.</param>
    public static IEnumerable<FieldProblem> Problems(JsonElement body, ExperimentState? state, DateTimeOffset? from)
    {
        if (body.TryGetProperty(StoppedAt, out JsonElement stopped) && stopped.ValueKind != JsonValueKind.Null
            && (state != ExperimentState.Stopped || StoppedOf(body) is not { } at || at < from))
        {
            yield return new FieldProblem(
                StoppedAt, state == ExperimentState.Stopped ? "no instant, or before starts_at" : "given for an experiment that is not stopped",
                "Leave it out: PATCH with {\"state\":\"stopped\"} stops an experiment and sets it.");
        }

        if (body.TryGetProperty(AssignedElsewhere, out JsonElement elsewhere) && elsewhere.ValueKind is not (JsonValueKind.False or JsonValueKind.Null)
            && (state != ExperimentState.Stopped || elsewhere.ValueKind != JsonValueKind.True))
        {
            yield return new FieldProblem(
                AssignedElsewhere, elsewhere.ValueKind == JsonValueKind.True ? "true for an experiment that is not stopped" : "neither true nor false",
                "Leave it out: aisle import experiment sets it, and only of what was assigned elsewhere and is over.");
        }
    }

    /// <summary>When it was stopped; null where the request does not say.</summary>
    public static DateTimeOffset? StoppedOf(JsonElement body) =>
        body.TryGetProperty(StoppedAt, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out DateTimeOffset instant)
            ? instant.ToUniversalTime() : null;

    /// <summary>Whether something other than salt and buckets assigned the visitors.</summary>
    public static bool IsAssignedElsewhere(JsonElement body) => body.TryGetProperty(AssignedElsewhere, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    /// <summary>Whether a request repeats what is shown of an experiment.</summary>
    /// <param name="member">A field of the request.</param>
    /// <param name="shown">The experiment as it is shown.</param>
    public static bool Repeats(JsonProperty member, JsonElement shown) => shown.TryGetProperty(member.Name, out JsonElement known) && JsonElement.DeepEquals(member.Value, known);
}
