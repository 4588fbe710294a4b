namespace Aisle.Local.Import.Reading;

/// <summary>What a field's text means.</summary>
internal static class FieldText
{
    /// <summary>The text, or null when it is empty: an empty field says nothing.</summary>
    public static string? OrNull(string text) => text.Length == 0 ? null : text;
}
