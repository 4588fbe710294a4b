namespace Aisle.ScoreUser.Promises;

/// <summary>What became of a promise of exposure.</summary>
public enum PromiseStatus
{
    /// <summary>It was shown as often as promised.</summary>
    Kept,

    /// <summary>Its time is not over yet.</summary>
    UnderWay,

    /// <summary>Its time is over and it was shown less often.</summary>
    Missed,
}
