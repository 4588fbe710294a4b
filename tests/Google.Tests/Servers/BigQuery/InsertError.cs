namespace Aisle.GoogleCloud.Tests.Servers.BigQuery;

/// <summary>Why a row is refused.</summary>
internal sealed record InsertError(int Row, string Reason, string Location, string Message);
