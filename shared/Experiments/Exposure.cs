using Aisle.Events;

namespace Aisle.Experiments;

/// <summary>The first moment at which an experiment's variant could have mattered to a user.</summary>
/// <param name="Experiment">The experiment's key.</param>
/// <param name="Assignment">What the variant was hashed from.</param>
/// <param name="User">Who was exposed.</param>
/// <param name="Variant">The variant's name.</param>
/// <param name="ExposedAt">When, UTC. Of several rows for one assignment the earliest counts.</param>
public sealed record Exposure(string Experiment, AssignmentId Assignment, UserId User, string Variant, DateTimeOffset ExposedAt)
{
    /// <summary>The shopper's age bracket at that moment, which no variant can have changed; null when unknown.</summary>
    public string? AgeBracket { get; init; }

    /// <summary>The shopper's location at that moment; null when unknown.</summary>
    public string? Location { get; init; }
}
