namespace Aisle.Reranking.Rules;

/// <summary>The kinds of shoppers that a rule holds for. What is null does not matter; what is set must be known
/// of the shopper and be equal.</summary>
/// <param name="AgeBracket">Such as <c>25-34</c>.</param>
/// <param name="Location">Such as a country.</param>
/// <param name="DeviceType">Such as <c>mobile</c>.</param>
public sealed record RuleAudience(string? AgeBracket, string? Location, string? DeviceType)
{
    /// <summary>Whether the shopper of a request is meant.</summary>
    public bool Includes(RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (AgeBracket is null || AgeBracket == context.AgeBracket)
            && (Location is null || Location == context.Location)
            && (DeviceType is null || DeviceType == context.DeviceType);
    }

    /// <summary>Whether one shopper could be meant by both.</summary>
    public bool Overlaps(RuleAudience? other) => other is null
        || (Agrees(AgeBracket, other.AgeBracket) && Agrees(Location, other.Location) && Agrees(DeviceType, other.DeviceType));

    private static bool Agrees(string? first, string? second) => first is null || second is null || first == second;
}
