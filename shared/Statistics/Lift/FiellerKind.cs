namespace Aisle.Statistics.Lift;

/// <summary>The shape of the set of lifts that the data does not refute.</summary>
public enum FiellerKind
{
    /// <summary>An interval.</summary>
    Bounded,

    /// <summary>Every number: neither arm is clear of 0.</summary>
    Unbounded,

    /// <summary>Everything outside an interval: the control is not clear of 0, the treatment is.</summary>
    Complement,
}
