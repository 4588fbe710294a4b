using System.Text.Json;

namespace Aisle.Http;

/// <summary>Finds escapes of half a surrogate pair: JSON allows them, but they are no text, and whoever asks for their string is answered
/// with an exception. Browsers send them when a script cuts a text in the middle of an emoji.</summary>
public static class SurrogatePairs
{
    /// <summary>Whether a name or a value of a JSON document has half a pair.</summary>
    /// <param name="json">Valid JSON.</param>
    /// <param name="namesOnly">Whether values may.</param>
    public static bool HasHalf(ReadOnlySpan<byte> json, bool namesOnly)
    {
        if (json.IndexOf("\\u"u8) < 0)
        {
            return false;
        }

        Utf8JsonReader reader = new(json);
        while (reader.Read())
        {
            bool isLooked = reader.TokenType == JsonTokenType.PropertyName || (!namesOnly && reader.TokenType == JsonTokenType.String);
            if (isLooked && reader.ValueIsEscaped && HasHalf(reader.ValueSpan))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasHalf(ReadOnlySpan<byte> escaped)
    {
        for (int at = escaped.IndexOf((byte)'\\'); at >= 0 && at < escaped.Length; at = Next(escaped, at))
        {
            int unit = UnitAt(escaped, at);
            if (unit is >= 0xD800 and <= 0xDBFF && UnitAt(escaped, at + 6) is >= 0xDC00 and <= 0xDFFF)
            {
                at += 6; // both halves; the step below passes the second
            }
            else if (unit is >= 0xD800 and <= 0xDFFF)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The next escape after the one at a place; −1 when there is none.</summary>
    private static int Next(ReadOnlySpan<byte> escaped, int at)
    {
        int from = at + (UnitAt(escaped, at) >= 0 ? 6 : 2);
        int next = from < escaped.Length ? escaped[from..].IndexOf((byte)'\\') : -1;
        return next < 0 ? -1 : from + next;
    }

    /// <summary>The code unit that is escaped at a place; −1 when no <c>\u</c> stands there.</summary>
    private static int UnitAt(ReadOnlySpan<byte> escaped, int at) =>
        at + 6 <= escaped.Length && escaped[at] == '\\' && escaped[at + 1] == 'u'
        && System.Buffers.Text.Utf8Parser.TryParse(escaped.Slice(at + 2, 4), out int unit, out int read, 'x') && read == 4
            ? unit
            : -1;
}
