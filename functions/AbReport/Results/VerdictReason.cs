namespace Aisle.AbReport.Results;

/// <summary>A rule that spoke.</summary>
/// <param name="Code">Its name for programs, such as <c>sample_ratio_mismatch</c>.</param>
/// <param name="Text">What it says.</param>
public sealed record VerdictReason(string Code, string Text);
