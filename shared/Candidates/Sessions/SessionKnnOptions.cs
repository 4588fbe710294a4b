namespace Aisle.Candidates.Sessions;

/// <summary>How the next items of a session are found in sessions like it.</summary>
public sealed record SessionKnnOptions
{
    /// <summary>k, how many of the most similar sessions vote; default 500.</summary>
    public int Neighbours { get; init; } = 500;

    /// <summary>How many of the most recent sessions with a common item are compared; default 5000.</summary>
    public int SampleSize { get; init; } = 5000;

    /// <summary>How a click of the current session counts in the similarity, the newest most; default quadratic in its rank.</summary>
    public PositionDecay SimilarityDecay { get; init; } = PositionDecay.Quadratic;

    /// <summary>How a neighbour's vote falls with the age of the newest click that it shares; default inverse.</summary>
    public PositionDecay VoteDecay { get; init; } = PositionDecay.Inverse;

    /// <summary>How much more a rare item counts: a vote is multiplied by 1 + this · ln(sessions / clicks of the item);
    /// default 5, 0 for no difference.</summary>
    public double RarityWeight { get; init; } = 5;

    /// <summary>Whether items of the current session may be recommended again; default true, as published tables count it.</summary>
    public bool Repeats { get; init; } = true;
}
