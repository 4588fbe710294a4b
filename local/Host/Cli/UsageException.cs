namespace Aisle.Host.Cli;

/// <summary>What the user can put right: the command line, the folder or a file. Printed as one line, without a trace.</summary>
/// <param name="option">The option, argument or path at fault.</param>
/// <param name="problem">What is wrong with it.</param>
/// <param name="remedy">What to do.</param>
internal sealed class UsageException(string option, string problem, string remedy) : Exception($"{option}: {problem}. {remedy}");
