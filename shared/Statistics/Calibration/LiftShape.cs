namespace Aisle.Statistics.Calibration;

/// <summary>In which way a treatment is imagined to raise a metric.</summary>
public enum LiftShape
{
    /// <summary>Every user's value grows by the lift: baskets get larger. The only way to raise a ratio.</summary>
    LargerValues,

    /// <summary>More users have a value at all: more of them buy. The only way to raise a share.</summary>
    MoreBuyers,
}
