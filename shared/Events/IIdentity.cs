namespace Aisle.Events;

/// <summary>What every identity can do: be made from its text and give it back.</summary>
/// <typeparam name="TSelf">The identity.</typeparam>
public interface IIdentity<TSelf>
    where TSelf : struct, IIdentity<TSelf>
{
    /// <summary>The text itself.</summary>
    string Value { get; }

    /// <summary>Makes the identity.</summary>
    /// <exception cref="ArgumentException">The text cannot be an identity.</exception>
    static abstract TSelf From(string value);
}
