namespace Aisle.Candidates.Hybrid;

/// <summary>How far behaviour and popularity speak in a tier below the full hybrid. The defaults are the
/// design's; validation may learn others.</summary>
public sealed record TierMix
{
    /// <summary>The largest β: popularity decides, and the personal sources tell its equals apart.</summary>
    public const double MostBeta = 10;

    /// <summary>The share of the collaborative source, folded in from the few products; the tier's own sources
    /// keep the rest. Default 0, in 0 … 1.</summary>
    public double Collaborative { get; init; }

    /// <summary>β in this tier, in 0 … <see cref="MostBeta"/>; null, the default, takes that of the full hybrid.</summary>
    public double? Beta { get; init; }

    /// <summary>Refuses shares that mean nothing.</summary>
    internal void Validate(string tier)
    {
        Within(Collaborative, 1, $"{tier}.{nameof(Collaborative)}");
        ValidateBeta(Beta ?? 0, $"{tier}.{nameof(Beta)}");
    }

    /// <summary>Refuses a β outside its range.</summary>
    internal static void ValidateBeta(double beta, string name) => Within(beta, MostBeta, name);

    /// <summary>Refuses a number outside 0 … most.</summary>
    internal static void Within(double value, double most, string name)
    {
        if (!(value >= 0 && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be in 0 … {most}.");
        }
    }
}
