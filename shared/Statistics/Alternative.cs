namespace Aisle.Statistics;

/// <summary>What a test suspects the treatment of, compared with the control.</summary>
public enum Alternative
{
    /// <summary>That it differs, in either direction.</summary>
    TwoSided,

    /// <summary>That it is higher.</summary>
    Greater,

    /// <summary>That it is lower.</summary>
    Less,
}
