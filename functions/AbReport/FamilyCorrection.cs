namespace Aisle.AbReport;

/// <summary>How several goals and variants share one error.</summary>
public enum FamilyCorrection
{
    /// <summary>Holm (1979): the chance of any false claim stays below the error.</summary>
    Holm,

    /// <summary>Benjamini and Hochberg (1995): the expected share of false claims does.</summary>
    BenjaminiHochberg,
}
