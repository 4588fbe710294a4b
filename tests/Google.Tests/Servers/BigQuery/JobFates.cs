using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Aisle.GoogleCloud.Tests.Servers.BigQuery;

/// <summary>How jobs come to their end: at once and well, unless a test plans otherwise.</summary>
internal sealed class JobFates
{
    private readonly ConcurrentDictionary<string, int> _looks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Reason, string Message)> _failures = new(StringComparer.Ordinal);

    /// <summary>How often a job whose id contains this text is seen running before it is done.</summary>
    public ConcurrentDictionary<string, int> Looks { get; } = new(StringComparer.Ordinal);

    /// <summary>How often a job whose id contains this text is not found, though it is there: another caller began it meanwhile.</summary>
    public ConcurrentDictionary<string, int> Hidden { get; } = new(StringComparer.Ordinal);

    /// <summary>The HTTP status and reason with which the rows of a job are refused whose id contains this text.</summary>
    public ConcurrentDictionary<string, (int Status, string Reason)> Withheld { get; } = new(StringComparer.Ordinal);

    /// <summary>Jobs whose ids contain this text fail.</summary>
    public void Fail(string text, string reason, string message) => _failures[text] = (reason, message);

    /// <summary>Whether the job is not found this time.</summary>
    public bool Hides(string job)
    {
        string? plan = Hidden.Keys.FirstOrDefault(text => job.Contains(text, StringComparison.Ordinal));
        return plan is not null && Hidden.AddOrUpdate(plan, 0, (_, left) => left - 1) >= 0;
    }

    /// <summary>Refuses the rows of a job if that is planned.</summary>
    public void Withhold(string job)
    {
        if (Withheld.FirstOrDefault(plan => job.Contains(plan.Key, StringComparison.Ordinal)) is { Key: not null, Value: var (status, reason) })
        {
            throw new BigQueryFault(status, reason, "A planned fault.");
        }
    }

    /// <summary>The job as it is seen now.</summary>
    public JsonObject StatusOf(string job)
    {
        int look = _looks.AddOrUpdate(job, 1, (_, before) => before + 1);
        if (Looks.Any(plan => job.Contains(plan.Key, StringComparison.Ordinal) && look <= plan.Value))
        {
            return new JsonObject { ["state"] = "RUNNING" };
        }

        (string text, (string reason, string message)) = _failures.FirstOrDefault(failure => job.Contains(failure.Key, StringComparison.Ordinal));
        return text is null
            ? new JsonObject { ["state"] = "DONE" }
            : new JsonObject { ["state"] = "DONE", ["errorResult"] = new JsonObject { ["reason"] = reason, ["message"] = message } };
    }
}
