using System.Text.Json.Serialization;
using Aisle.Events.Wire;

namespace Aisle.Events;

/// <summary>A product, as the shop's catalogue names it. Never a row number.</summary>
/// <remarks>The default value is unset and throws when read.</remarks>
[JsonConverter(typeof(IdentityJsonConverter<ProductId>))]
public readonly record struct ProductId : IIdentity<ProductId>, IComparable<ProductId>
{
    private readonly string? _value;

    /// <summary>Takes the text as it is: no trimming, no change of case.</summary>
    /// <param name="value">1 to 128 characters.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, blank or too long.</exception>
    public ProductId(string value) => _value = Identity.Checked(value);

    /// <summary>The text itself.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    public string Value => _value ?? throw Identity.Unset(nameof(ProductId));

    /// <inheritdoc/>
    public static ProductId From(string value) => new(value);

    /// <summary>Orders by ordinal text, so that ties break the same way everywhere.</summary>
    public int CompareTo(ProductId other) => string.CompareOrdinal(_value, other._value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
