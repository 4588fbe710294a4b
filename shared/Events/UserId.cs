using System.Text.Json.Serialization;
using Aisle.Events.Wire;

namespace Aisle.Events;

/// <summary>A shopper's pseudonym (HMAC of the shop's own id). Never the raw id, never a row number.</summary>
/// <remarks>The default value is unset and throws when read.</remarks>
[JsonConverter(typeof(IdentityJsonConverter<UserId>))]
public readonly record struct UserId : IIdentity<UserId>, IComparable<UserId>
{
    private readonly string? _value;

    /// <summary>Takes the text as it is: no trimming, no change of case.</summary>
    /// <param name="value">1 to 128 characters.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, blank or too long.</exception>
    public UserId(string value) => _value = Identity.Checked(value);

    /// <summary>The text itself.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    public string Value => _value ?? throw Identity.Unset(nameof(UserId));

    /// <inheritdoc/>
    public static UserId From(string value) => new(value);

    /// <summary>Orders by ordinal text, so that ties break the same way everywhere.</summary>
    public int CompareTo(UserId other) => string.CompareOrdinal(_value, other._value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
