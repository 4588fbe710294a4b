namespace Aisle.Events;

/// <summary>What all identities have in common: a text that is there and is not too long.</summary>
public static class Identity
{
    /// <summary>The longest identity that any store accepts, in UTF-16 code units.</summary>
    public const int MaxLength = 128;

    /// <summary>Whether the text can be an identity.</summary>
    public static bool IsValid(string? value) =>
        !string.IsNullOrWhiteSpace(value) && value.Length <= MaxLength && !value.AsSpan().ContainsAnyInRange('\0', '\u001f');

    internal static string Checked(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return IsValid(value)
            ? value
            : throw new ArgumentException($"An identity has at most {MaxLength} characters and no control characters.", nameof(value));
    }

    internal static InvalidOperationException Unset(string type) => new($"An unset {type} was read.");
}
