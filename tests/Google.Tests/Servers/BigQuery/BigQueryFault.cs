namespace Aisle.GoogleCloud.Tests.Servers.BigQuery;

/// <summary>What BigQuery says when it will not do something: an HTTP status and a reason in one word.</summary>
internal sealed class BigQueryFault(int status, string reason, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Reason { get; } = reason;
}
