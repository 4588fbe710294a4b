using System.Globalization;
using System.Text;

namespace Aisle.Content;

/// <summary>Cuts text of any script into lower-case words.</summary>
/// <remarks>A word is a run of letters, digits and combining marks. Scripts that write no spaces (Han, kana, Thai and their like) give one
/// word a character; the bigrams made of them take the place of words.</remarks>
internal static class Words
{
    /// <summary>The words of a text in order; empty when it has none.</summary>
    /// <param name="text">Any text, or null.</param>
    /// <param name="limit">How many words are read at most.</param>
    public static List<string> Of(string? text, int limit)
    {
        List<string> words = [];
        StringBuilder word = new();
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            if (words.Count >= limit)
            {
                return words;
            }

            if (WritesNoSpaces(rune))
            {
                Flush(word, words);
                words.Add(rune.ToString());
            }
            else if (Rune.IsLetterOrDigit(rune) || (word.Length > 0 && IsCombiningMark(rune)))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else if (!IsCombiningMark(rune) && rune.Value is not ('\'' or '’'))
            {
                Flush(word, words);
            }
        }

        if (words.Count < limit)
        {
            Flush(word, words);
        }

        return words;
    }

    private static void Flush(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }

    private static bool IsCombiningMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Thai and Lao, kana, Han with its extensions.</summary>
    private static bool WritesNoSpaces(Rune rune) => rune.Value is
        (>= 0x0E00 and <= 0x0EFF) or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF)
        && Rune.IsLetter(rune);
}
