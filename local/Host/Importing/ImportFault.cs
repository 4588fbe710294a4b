namespace Aisle.Host.Importing;

/// <summary>What stopped an import that was under way.</summary>
/// <param name="Option">The argument at fault.</param>
/// <param name="Sentences">What is wrong and what to do.</param>
internal sealed record ImportFault(string Option, string Sentences);
