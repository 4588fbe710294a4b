using System.Text.Json.Serialization;
using Aisle.Events.Wire;

namespace Aisle.Events;

/// <summary>Given by the sender; two events with one id are one event.</summary>
/// <remarks>The default value is unset and throws when read.</remarks>
[JsonConverter(typeof(IdentityJsonConverter<EventId>))]
public readonly record struct EventId : IIdentity<EventId>, IComparable<EventId>
{
    private readonly string? _value;

    /// <summary>Takes the text as it is: no trimming, no change of case.</summary>
    /// <param name="value">1 to 128 characters.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, blank or too long.</exception>
    public EventId(string value) => _value = Identity.Checked(value);

    /// <summary>The text itself.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    public string Value => _value ?? throw Identity.Unset(nameof(EventId));

    /// <inheritdoc/>
    public static EventId From(string value) => new(value);

    /// <summary>Orders by ordinal text, so that ties break the same way everywhere.</summary>
    public int CompareTo(EventId other) => string.CompareOrdinal(_value, other._value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
