namespace Aisle.Reranking.Rules;

/// <summary>What can be wrong with a rule, or between two.</summary>
public enum RuleProblem
{
    /// <summary>Two rules have one id.</summary>
    DuplicateId,

    /// <summary>A pin without a position, or with one below 1; another action with a position.</summary>
    BadPosition,

    /// <summary>A boost that does not raise, a bury that does not lower, a factor that is no number, or a factor
    /// where none belongs.</summary>
    BadFactor,

    /// <summary>It ends before it begins.</summary>
    EmptyPeriod,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It names a surface that the shop does not have.</summary>
    UnknownSurface,

    /// <summary>It names products that the catalogue does not have.</summary>
    UnknownProduct,

    /// <summary>No product of the catalogue matches.</summary>
    MatchesNothing,

    /// <summary>A pin that names no product.</summary>
    PinWithoutProduct,

    /// <summary>A pin deeper than the longest slate.</summary>
    PinOutOfReach,

    /// <summary>Two pins want one position at the same time for the same shoppers; the loser never shows.</summary>
    PinClash,

    /// <summary>All that it pins, boosts or buries is blocked wherever it holds.</summary>
    Blocked,

    /// <summary>All that it pins or boosts cannot be bought now.</summary>
    OutOfStock,

    /// <summary>Blocks together leave nothing to show on a surface, to everybody or to some kind of shopper.</summary>
    EmptiesSurface,

    /// <summary>One rule boosts exactly what another buries, at the same time for the same shoppers.</summary>
    BoostAgainstBury,

    /// <summary>A burst of the calendar is over.</summary>
    ExpiredBurst,

    /// <summary>Two bursts overlap; the one that is written first holds.</summary>
    OverlappingBursts,

    /// <summary>A category that is bought again is none of the catalogue, or is set twice; then the first holds.</summary>
    UselessRepeatPurchase,
}
