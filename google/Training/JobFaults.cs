using Google;
using Google.Apis.Bigquery.v2.Data;

namespace Aisle.GoogleCloud.Training;

/// <summary>Tells faults of a job that pass from those that stay, and says what to do about the latter.</summary>
internal static class JobFaults
{
    private static readonly string[] PassingReasons = ["backendError", "internalError", "jobBackendError", "jobInternalError", "rateLimitExceeded", "quotaExceeded", "timeout", "stopped"];

    private const string Reservation =
        "Matrix factorization needs a reservation of the edition Enterprise or Enterprise Plus with a QUERY assignment for this project: "
        + "set bigquery_reservation_slots in deploy/ "
        + "(a baseline of 0 costs nothing between trainings) and allow two minutes, or set AISLE_TRAINER=process to train in the service itself.";

    /// <summary>A phrase of BigQuery's message or its reason, and the remedy; the first that fits is given.</summary>
    private static readonly (string Phrase, string Remedy)[] Remedies =
    [
        ("not available for on-demand usage", Reservation),
        ("disallowed in STANDARD edition", Reservation),
        ("Model is too large", "One shopper or product has too much feedback: lower the cap of feedback, or leave out bots and the most popular products."),
        ("billingTierLimitExceeded", "The statement computes too much for the bytes it reads: run it in a reservation, or raise the number of shards."),
        ("bytesBilledLimitExceeded", "The statement reads more than AISLE_MAXIMUM_BYTES_BILLED: raise it if the data have grown."),
        ("bytes billed", "The statement reads more than AISLE_MAXIMUM_BYTES_BILLED: raise it if the data have grown."),
        ("onnection", "Make the connection that AISLE_TEXT_CONNECTION names; give its service account the role roles/aiplatform.user, and the account of retrain-trigger "
            + "roles/bigquery.connectionAdmin on the connection."),
        ("accessDenied", "Give the service's account the roles roles/bigquery.jobUser on the project and roles/bigquery.dataEditor on the dataset."),
        ("responseTooLarge", "Raise the number of shards, so that each answers for fewer shoppers."),
        ("resourcesExceeded", "Raise the number of shards, so that each answers for fewer shoppers, or the slots of the reservation."),
        ("notFound", "Make the warehouse's tables first, or correct AISLE_DATASET and AISLE_BIGQUERY_LOCATION."),
    ];

    /// <summary>Whether the same job may succeed when it is begun again.</summary>
    public static bool Passes(ErrorProto error) => PassingReasons.Contains(error.Reason);

    /// <summary>Whether the same request may succeed later.</summary>
    public static bool Passes(GoogleApiException fault) =>
        (int)fault.HttpStatusCode is 408 or 429 or >= 500
        || (fault.Error?.Errors is { Count: > 0 } errors && errors.All(error => PassingReasons.Contains(error.Reason)));

    /// <summary>There is nothing to train on.</summary>
    public static TrainingRefusedException Empty(string version) =>
        new($"The catalogue is empty, so the version {version} cannot be trained: send products first (PUT /v1/products).", inner: null);

    /// <summary>What a query's fault means to an operator; null when nothing is known of it.</summary>
    public static InvalidOperationException? Explain(GoogleApiException fault)
    {
        string? reason = fault.Error?.Errors?.FirstOrDefault()?.Reason;
        string message = fault.Error?.Message ?? fault.Message;
        return Remedy(reason, message) is { } remedy ? new InvalidOperationException($"BigQuery refused the query: {message} ({reason}). {remedy}", fault) : null;
    }

    /// <summary>The one error that a training ends with.</summary>
    public static TrainingRefusedException Refusal(string job, string? reason, string? message, Exception? inner)
    {
        string remedy = Remedy(reason, message) ?? "Look at the job in BigQuery's console.";
        return new TrainingRefusedException($"BigQuery refused the job {job}: {message} ({reason}). {remedy}", inner);
    }

    private static string? Remedy(string? reason, string? message) =>
        Remedies.FirstOrDefault(known => reason == known.Phrase || message?.Contains(known.Phrase, StringComparison.Ordinal) == true).Remedy;
}
