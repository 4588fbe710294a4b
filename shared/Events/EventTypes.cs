using System.Collections.Frozen;

namespace Aisle.Events;

/// <summary>The names that event types have on the wire and in the warehouse, and what each type weighs.</summary>
public static class EventTypes
{
    private static readonly FrozenDictionary<string, EventType> ByName =
        Enum.GetValues<EventType>().ToFrozenDictionary(WireName, StringComparer.Ordinal);

    /// <summary>All wire names, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<EventType>().Select(WireName)];

    /// <summary>The lower-case name with underscores, as stored and sent.</summary>
    public static string WireName(this EventType type) => type switch
    {
        EventType.View => "view",
        EventType.Click => "click",
        EventType.AddToCart => "add_to_cart",
        EventType.RemoveFromCart => "remove_from_cart",
        EventType.Purchase => "purchase",
        EventType.Refund => "refund",
        EventType.Impression => "impression",
        EventType.PageView => "page_view",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Reads a wire name, exactly as written.</summary>
    public static bool TryParse(string? name, out EventType type)
    {
        type = default;
        return name is not null && ByName.TryGetValue(name, out type);
    }

    /// <summary>How strongly one event of this type speaks for a product in training; 0 for types that say nothing about taste.</summary>
    public static double TrainingWeight(this EventType type) => type switch
    {
        EventType.Purchase => 5,
        EventType.AddToCart => 3,
        EventType.Click => 2,
        EventType.View => 1,
        _ => 0,
    };

    /// <summary>Whether the type is an interaction: feedback that trains and fills session features.</summary>
    public static bool IsInteraction(this EventType type) => type.TrainingWeight() > 0;
}
