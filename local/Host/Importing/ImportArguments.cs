namespace Aisle.Host.Importing;

/// <summary>An import as the command line or a request states it, before any of it is checked.</summary>
internal sealed record ImportArguments
{
    /// <summary>The format's name; null or <c>auto</c> to look into the file.</summary>
    public string? Format { get; init; }

    /// <summary>The file.</summary>
    public string? Path { get; init; }

    /// <summary>Which column is which; null where the format knows.</summary>
    public string? Map { get; init; }

    /// <summary>The currency of amounts without one.</summary>
    public string? Currency { get; init; }

    /// <summary>Whether several currencies may be mixed.</summary>
    public bool AnyCurrency { get; init; }

    /// <summary>The text's encoding; null for UTF-8.</summary>
    public string? Encoding { get; init; }

    /// <summary>Where lines that are left out go; null for the workspace's own folder.</summary>
    public string? Quarantine { get; init; }

    /// <summary>Whether nothing is to be written.</summary>
    public bool DryRun { get; init; }

    /// <summary><c>whole</c> or <c>part</c> of the catalogue; null for what the format is.</summary>
    public string? Catalogue { get; init; }

    /// <summary>The largest share of the catalogue that a whole feed may drop.</summary>
    public double MaxDrop { get; init; } = 0.2;

    /// <summary>Whether a feed may drop more.</summary>
    public bool Force { get; init; }

    /// <summary>The experiment's key, where the file is an experiment's table.</summary>
    public string? Experiment { get; init; }

    /// <summary>The control's name in an experiment's table; null for the first in alphabetical order.</summary>
    public string? Control { get; init; }

    /// <summary>When the experiment began; null for an invented time.</summary>
    public string? From { get; init; }
}
