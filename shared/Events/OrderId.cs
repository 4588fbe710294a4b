using System.Text.Json.Serialization;
using Aisle.Events.Wire;

namespace Aisle.Events;

/// <summary>One order of the shop; a refund names the order that it takes back.</summary>
/// <remarks>The default value is unset and throws when read.</remarks>
[JsonConverter(typeof(IdentityJsonConverter<OrderId>))]
public readonly record struct OrderId : IIdentity<OrderId>, IComparable<OrderId>
{
    private readonly string? _value;

    /// <summary>Takes the text as it is: no trimming, no change of case.</summary>
    /// <param name="value">1 to 128 characters.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, blank or too long.</exception>
    public OrderId(string value) => _value = Identity.Checked(value);

    /// <summary>The text itself.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    public string Value => _value ?? throw Identity.Unset(nameof(OrderId));

    /// <inheritdoc/>
    public static OrderId From(string value) => new(value);

    /// <summary>Orders by ordinal text, so that ties break the same way everywhere.</summary>
    public int CompareTo(OrderId other) => string.CompareOrdinal(_value, other._value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
