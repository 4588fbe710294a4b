using Aisle.Factorization;

namespace Aisle.Evaluation.Tuning;

/// <summary>One set of options that a search tried.</summary>
/// <param name="Options">The options, with the number of iterations after which the model was judged.</param>
/// <param name="Score">How it did on the validation split; higher is better.</param>
public sealed record IalsTrial(IalsOptions Options, double Score);
