namespace Aisle.Content;

/// <summary>How products are turned into content embeddings. Products, options and seed determine every bit of them.</summary>
public sealed record ContentOptions
{
    /// <summary>Length of an embedding; default 64, range 1 … 512.</summary>
    public int Dimensions { get; init; } = 64;

    /// <summary>How many products must share a term for it to count; default 2, at least 1. A term of a single
    /// product makes it similar to nothing.</summary>
    public int MinDocuments { get; init; } = 2;

    /// <summary>How many terms are kept, the most frequent first; default 50,000, at least 1.</summary>
    public int MaxTerms { get; init; } = 50_000;

    /// <summary>How many words of a description are read; default 200, at least 0.</summary>
    public int MaxDescriptionWords { get; init; } = 200;

    /// <summary>Into how many bands of equal size the prices of a currency are cut; default 8, at least 1.</summary>
    public int PriceBands { get; init; } = 8;

    /// <summary>Extra directions of the random sketch beyond <see cref="Dimensions"/>; default 16, at least 0.</summary>
    public int Oversampling { get; init; } = 16;

    /// <summary>Power iterations of the random sketch; default 2, at least 0. More sharpen slowly falling spectra.</summary>
    public int PowerIterations { get; init; } = 2;

    /// <summary>Seed of the random sketch; default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Refuses options that mean nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Within(Dimensions, 1, 512, nameof(Dimensions));
        Within(MinDocuments, 1, int.MaxValue, nameof(MinDocuments));
        Within(MaxTerms, 1, int.MaxValue, nameof(MaxTerms));
        Within(MaxDescriptionWords, 0, int.MaxValue, nameof(MaxDescriptionWords));
        Within(PriceBands, 1, 1000, nameof(PriceBands));
        Within(Oversampling, 0, 512, nameof(Oversampling));
        Within(PowerIterations, 0, 32, nameof(PowerIterations));
    }

    private static void Within(int value, int min, int max, string name)
    {
        if (value < min || value > max)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be in {min} … {max}.");
        }
    }
}
