using Aisle.Experiments;
using Aisle.Reranking;
using Aisle.ScoreUser.Explaining;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Replaying;

namespace Aisle.ScoreUser.Answering;

/// <summary>An answered slate with all that the answer says about it.</summary>
public sealed record ScoreOutcome
{
    /// <summary>What is logged.</summary>
    public required Slate Slate { get; init; }

    /// <summary>The products of the positions, in order.</summary>
    public required IReadOnlyList<ShownProduct> Products { get; init; }

    /// <summary>The variants in force.</summary>
    public required IReadOnlyList<(Experiment Experiment, Variant Variant)> Variants { get; init; }

    /// <summary>Those of them that could matter to this slate: their visitor counts as exposed.</summary>
    public IReadOnlyList<(Experiment Experiment, Variant Variant)> Exposed { get; init; } = [];

    /// <summary>What the slate had to do without.</summary>
    public required IReadOnlyList<Degradation> Degradations { get; init; }

    /// <summary>The id of an item of the model that answered.</summary>
    internal Func<int, string> IdOf { get; init; } = static _ => "";

    /// <summary>How it came about; null when nobody asked.</summary>
    public SlateTrace? Trace { get; init; }

    /// <summary>What it followed from, for the log; null where that is not kept.</summary>
    public SlateRecord? Record { get; init; }

    /// <summary>Why it is short; null when it is not.</summary>
    public required SlateShortfall? Shortfall { get; init; }

    /// <summary>Seconds since the newest event the model knows; null without a model.</summary>
    public required double? ModelAgeSeconds { get; init; }

    /// <summary>Seconds since the precomputed list was made; null when none was used.</summary>
    public required double? CandidatesAgeSeconds { get; init; }

    /// <summary>Seconds since the newest event in the session features; null without any.</summary>
    public required double? FeaturesAgeSeconds { get; init; }
}
