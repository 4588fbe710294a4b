namespace Aisle.ScoreUser.Replaying;

/// <summary>What became of the wish to make a slate again.</summary>
public abstract record ReplayOutcome
{
    private ReplayOutcome()
    {
    }

    /// <summary>The log has no such slate; slates are written a moment after they were answered.</summary>
    public sealed record Unknown : ReplayOutcome;

    /// <summary>It cannot be made again.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Impossible(string Problem) : ReplayOutcome;

    /// <summary>It was made again.</summary>
    /// <param name="Replay">Both slates.</param>
    public sealed record Made(SlateReplay Replay) : ReplayOutcome;
}
