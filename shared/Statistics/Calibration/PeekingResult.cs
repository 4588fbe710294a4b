namespace Aisle.Statistics.Calibration;

/// <summary>What becomes of a rule when somebody looks every day and stops at the first "significant".</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Alpha">The error it is given.</param>
/// <param name="FalsePositives">Experiments without an effect in which it cried wolf.</param>
/// <param name="Power">Experiments with an effect in which it found it.</param>
/// <param name="IsExact">Whether the error must be met within the binomial error; the other rules may stay below it
/// or, without protection, break it.</param>
public sealed record PeekingResult(string Rule, double Alpha, BinomialRate FalsePositives, BinomialRate Power, bool IsExact);
