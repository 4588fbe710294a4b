namespace Aisle.Host.Cli;

/// <summary>What the user can put right: the command line, the folder or a file. Printed as a line for each fault, without a trace.</summary>
internal sealed class UsageException : Exception
{
    /// <summary>Names the fault and the remedy.</summary>
    /// <param name="option">The option, argument or path at fault.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="remedy">What to do.</param>
    public UsageException(string option, string problem, string remedy)
        : this(option, $"{problem}. {remedy}")
    {
    }

    private UsageException(string option, string sentences)
        : base($"{option}: {sentences}")
    {
        Option = option;
        Sentences = sentences;
    }

    /// <summary>The option, argument or path at fault.</summary>
    public string Option { get; }

    /// <summary>What is wrong and what to do.</summary>
    public string Sentences { get; }

    /// <summary>What else is wrong, each with what to do; empty when there is one fault.</summary>
    public IReadOnlyList<string> Further { get; set; } = [];

    /// <summary>A complaint whose sentences say the remedy already.</summary>
    public static UsageException Of(string option, string sentences) => new(option, sentences);
}
