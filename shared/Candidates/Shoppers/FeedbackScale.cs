using Aisle.Events;

namespace Aisle.Candidates.Shoppers;

/// <summary>How events become the weight with which a shopper's feedback speaks for a product. Training and
/// serving must use the same.</summary>
/// <remarks>The same arithmetic as the portable query <c>user_item_scores</c>.</remarks>
public sealed record FeedbackScale
{
    /// <summary>How fast feedback fades, per day; default 0.01 (half of it is left after 69 days), at least 0.</summary>
    public double DecayPerDay { get; init; } = 0.01;

    /// <summary>Whether sums are damped to ln(1 + sum); default true, so that fifty views do not weigh like ten purchases.</summary>
    public bool Damped { get; init; } = true;

    /// <summary>The most one shopper can say about one product; default 5, positive.</summary>
    public double Cap { get; init; } = 5;

    /// <summary>How far back feedback counts; default 90 days.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(90);

    /// <summary>What one event is worth at a moment: its type's weight, decayed; 0 outside the window and for
    /// what lies ahead of it.</summary>
    public double WeightOf(EventType type, DateTimeOffset occurredAt, DateTimeOffset asOf)
    {
        TimeSpan age = asOf - occurredAt;
        return age > Window || age < TimeSpan.Zero ? 0 : type.TrainingWeight() * Math.Exp(-DecayPerDay * Math.Floor(age.TotalSeconds) / 86400);
    }

    /// <summary>The weight of all that one shopper did with one product.</summary>
    /// <param name="sum">The sum of <see cref="WeightOf"/>, at least 0.</param>
    public double Combine(double sum) => Math.Min(Damped ? Math.Log(1 + sum) : sum, Cap);
}
