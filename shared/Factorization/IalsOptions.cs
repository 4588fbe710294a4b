namespace Aisle.Factorization;

/// <summary>How an implicit matrix factorization is trained. Data, options and seed determine the factors,
/// whatever the number of threads.</summary>
public sealed record IalsOptions
{
    /// <summary>f, the length of a user's and an item's factors; default 64, range 1 … 4096.</summary>
    public int Factors { get; init; } = 64;

    /// <summary>Which loss is meant; default <see cref="IalsParametrization.FrequencyScaled"/>.</summary>
    public IalsParametrization Parametrization { get; init; } = IalsParametrization.FrequencyScaled;

    /// <summary>λ, how strongly factors are held near zero; positive, default 0.02.</summary>
    public double Regularization { get; init; } = 0.02;

    /// <summary>α0, the weight of a pair that was not observed, against 1 for one that was; positive, default 0.01. Used by
    /// the frequency-scaled loss only.</summary>
    public double UnobservedWeight { get; init; } = 0.01;

    /// <summary>ν, how much more a frequent user or item is regularized; in 0 … 1, default 1. Used by the
    /// frequency-scaled loss only.</summary>
    public double FrequencyExponent { get; init; } = 1;

    /// <summary>α, the confidence that one unit of weight adds; positive, default 40. Used by the confidence-scaled loss only.</summary>
    public double ConfidenceScale { get; init; } = 40;

    /// <summary>Each factor starts as a draw from N(0, (this/√f)²); positive, default 0.1.</summary>
    public double InitialDeviation { get; init; } = 0.1;

    /// <summary>How often all users and then all items are solved; default 16, range 1 … 1000.</summary>
    public int Iterations { get; init; } = 16;

    /// <summary>How a row is solved; default <see cref="IalsSolver.Automatic"/>.</summary>
    public IalsSolver Solver { get; init; }

    /// <summary>The seed of the start; default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many threads share a half-step; default 0, which means one for each processor. It changes no
    /// bit of the result.</summary>
    public int DegreeOfParallelism { get; init; }

    /// <summary>Refuses options that cannot be trained with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Within(Factors, 1, 4096, nameof(Factors));
        Within(Iterations, 1, 1000, nameof(Iterations));
        Within(DegreeOfParallelism, 0, 1024, nameof(DegreeOfParallelism));
        Within(FrequencyExponent, 0, 1, nameof(FrequencyExponent));
        Positive(Regularization, nameof(Regularization));
        Positive(UnobservedWeight, nameof(UnobservedWeight));
        Positive(ConfidenceScale, nameof(ConfidenceScale));
        Positive(InitialDeviation, nameof(InitialDeviation));
    }

    private static void Within(double value, double min, double max, string name)
    {
        if (!(value >= min && value <= max))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be in {min} … {max}.");
        }
    }

    private static void Positive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be positive and finite.");
        }
    }
}
