using Aisle.AbReport.Results;

namespace Aisle.AbReport.Page;

/// <summary>A form that a report can be sent in.</summary>
/// <param name="Name">What <c>?format=</c> calls it.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Write">Writes it.</param>
internal sealed record ReportFormat(string Name, string ContentType, Func<ExperimentReport, ReadOnlyMemory<byte>> Write);
