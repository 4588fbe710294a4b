namespace Aisle.Reranking;

/// <summary>How a slate is composed. Each may be an experiment's parameter.</summary>
public sealed record ComposeOptions
{
    /// <summary>How positions are given out; default <see cref="SlatePolicy.MarginalRelevance"/>.</summary>
    public SlatePolicy Policy { get; init; } = SlatePolicy.MarginalRelevance;

    /// <summary>λ, relevance against redundancy; default 0.7, in 0 … 1.</summary>
    public double Lambda { get; init; } = 0.7;

    /// <summary>ε, the probability that a re-ranked position becomes an exploration draw; default 0.10, in 0 … 1; 0 turns
    /// exploration off under both policies.</summary>
    public double Epsilon { get; init; } = 0.10;

    /// <summary>How many of one kind may be shown; default none. Exploration draws keep the caps too, pins do not.</summary>
    public SlateCaps Caps { get; init; } = SlateCaps.None;

    /// <summary>How many of a kind are shown at least; default none. Positions that a floor is about are not explored.</summary>
    public SlateFloors Floors { get; init; } = SlateFloors.None;

    /// <summary>Refuses options that mean nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Share(Lambda, nameof(Lambda));
        Share(Epsilon, nameof(Epsilon));
        Caps.Validate();
        Floors.Validate();
    }

    private static void Share(double value, string name)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be in 0 … 1.");
        }
    }
}
