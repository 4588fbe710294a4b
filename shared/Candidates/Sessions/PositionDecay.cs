namespace Aisle.Candidates.Sessions;

/// <summary>How fast the weight of a click falls with its distance from the newest.</summary>
public enum PositionDecay
{
    /// <summary>All alike.</summary>
    Same,

    /// <summary>Inversely with the distance.</summary>
    Inverse,

    /// <summary>Inversely with the square of the distance.</summary>
    Quadratic,

    /// <summary>Inversely with the logarithm of the distance.</summary>
    Logarithmic,
}
