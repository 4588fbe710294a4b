using System.Text.Json;
using Aisle.Alerts;
using Aisle.Evaluation;
using Aisle.Ports;
using Aisle.RetrainTrigger.Guard;
using Aisle.RetrainTrigger.Judging;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Runs;

/// <summary>Runs and the guard's findings as the API shows them.</summary>
internal static class RunJson
{
    /// <summary>Where a run is shown.</summary>
    public static string UrlOf(Run run) => $"/v1/runs/{run.Id}";

    /// <summary>One run with its steps, its evaluation and its recipe.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="run">The run.</param>
    /// <param name="outcome">What came of the request, in a word; null when it only asked.</param>
    public static void Write(Utf8JsonWriter json, Run run, string? outcome = null)
    {
        json.WriteStartObject();
        json.WriteString("id", run.Id);
        json.WriteString("url", UrlOf(run));
        if (outcome is not null)
        {
            json.WriteString("outcome", outcome);
        }

        json.WriteString("kind", Word(run.Kind));
        json.WriteString("state", Word(run.State));
        json.WriteString("model_version", run.ModelVersion);
        json.WriteString("as_of", run.AsOf);
        json.WriteString("started_at", run.StartedAt);
        Instant(json, "ended_at", run.EndedAt);
        json.WriteStartArray("reasons");
        foreach (string reason in run.Reasons)
        {
            json.WriteStringValue(reason);
        }

        json.WriteEndArray();
        json.WriteStartArray("steps");
        foreach (RunStep step in run.Steps)
        {
            Write(json, step);
        }

        json.WriteEndArray();
        WriteEvaluation(json, run);
        json.WritePropertyName("recipe");
        json.WriteRawValue(run.Recipe ?? "null");
        json.WriteEndObject();
    }

    /// <summary>What the guard found.</summary>
    public static void Write(Utf8JsonWriter json, GuardOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteBoolean("stale", outcome.IsStale);
        json.WriteString("model_version", outcome.ModelVersion);
        Seconds(json, "model_age_s", outcome.ModelAge);
        Seconds(json, "training_age_s", outcome.TrainingAge);
        Seconds(json, "max_model_age_s", outcome.MaxModelAge);
        Seconds(json, "feature_age_s", outcome.FeatureAge);
        Seconds(json, "candidate_age_s", outcome.CandidateAge);
        json.WriteStartArray("findings");
        foreach (Finding finding in outcome.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", finding.Kind);
            json.WriteBoolean("stale", finding.IsRaised);
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("message", outcome.Message);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RunStep step)
    {
        json.WriteStartObject();
        json.WriteString("name", step.Name);
        json.WriteString("state", Word(step.State));
        json.WriteNumber("progress", Math.Round(step.Progress, 3));
        Instant(json, "started_at", step.StartedAt);
        Instant(json, "ended_at", step.EndedAt);
        Number(json, "duration_s", step.EndedAt is { } ended && step.StartedAt is { } started ? Math.Round((ended - started).TotalSeconds, 3) : null);
        json.WriteString("input_digest", step.InputDigest);
        json.WriteString("digest", step.Digest);
        json.WriteStartObject("counts");
        foreach ((string name, double count) in step.Counts.Where(_ => step.Name != StepNames.Evaluation).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Number(json, name, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The comparison table: null where there was nobody to judge by, and null cells where the data do not allow a metric.
    private static void WriteEvaluation(Utf8JsonWriter json, Run run)
    {
        RunStep? step = run.Steps.FirstOrDefault(known => known.Name == StepNames.Evaluation);
        if (step is null || !step.Counts.TryGetValue(EvaluationCounts.JudgedUsers, out double users))
        {
            json.WriteNull("evaluation");
            return;
        }

        json.WriteStartObject("evaluation");
        json.WriteNumber("k", new EvaluationOptions().K);
        json.WriteNumber("judged_users", users);
        json.WriteStartArray("models");
        foreach (string model in HoldoutComparison.Models)
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            foreach (Metric metric in HoldoutComparison.Metrics)
            {
                Number(json, EvaluationCounts.Word(metric), EvaluationCounts.Find(run, model, metric));
            }

            Number(json, "ndcg_low", EvaluationCounts.Lower(run, model, Metric.Ndcg));
            Number(json, "ndcg_high", EvaluationCounts.Upper(run, model, Metric.Ndcg));
            WriteTiers(json, run, model);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTiers(Utf8JsonWriter json, Run run, string model)
    {
        json.WriteStartArray("by_known_products");
        foreach (string tier in EvaluationCounts.Tiers(run))
        {
            json.WriteStartObject();
            json.WriteString("tier", tier);
            Number(json, "judged_users", EvaluationCounts.UsersOf(run, tier));
            (double Value, double? Low, double? High)? ndcg = EvaluationCounts.OfTier(run, model, tier);
            Number(json, "ndcg", ndcg?.Value);
            Number(json, "ndcg_low", ndcg?.Low);
            Number(json, "ndcg_high", ndcg?.High);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static void Seconds(Utf8JsonWriter json, string name, TimeSpan? span) => Number(json, name, span is { } known ? Math.Round(known.TotalSeconds) : null);

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Instant(Utf8JsonWriter json, string name, DateTimeOffset? instant)
    {
        if (instant is { } known)
        {
            json.WriteString(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
