namespace Aisle.Candidates.ItemToItem;

/// <summary>How an EASE model is trained.</summary>
public sealed record EaseOptions
{
    /// <summary>λ, how strongly weights are held near zero; positive, default 500. Larger data want larger values.</summary>
    public double Regularization { get; init; } = 500;

    /// <summary>The largest matrix that is inverted: min(users, items); default 20,000, which takes 1.6 GB.</summary>
    public int LargestMatrix { get; init; } = 20_000;

    /// <summary>How many threads invert; default 0, one for each processor. It changes no bit of the result.</summary>
    public int DegreeOfParallelism { get; init; }

    /// <summary>Refuses options that cannot be trained with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        if (!(Regularization > 0 && double.IsFinite(Regularization)))
        {
            throw new ArgumentOutOfRangeException(nameof(Regularization), Regularization, "Regularization must be positive and finite.");
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LargestMatrix);
        ArgumentOutOfRangeException.ThrowIfNegative(DegreeOfParallelism);
    }
}
