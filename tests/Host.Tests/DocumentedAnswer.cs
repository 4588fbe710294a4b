namespace Aisle.Host.Tests;

/// <summary>What a running host answered to one documented example.</summary>
/// <param name="Example">The example.</param>
/// <param name="Method">The request's method.</param>
/// <param name="Path">The request's path, without its query.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="ContentType">The answer's media type; empty when it has none.</param>
/// <param name="Body">The answer's body.</param>
internal sealed record DocumentedAnswer(DocumentedExample Example, string Method, string Path, int Status, string ContentType, string Body);
