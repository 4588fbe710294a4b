using System.Text;

namespace Aisle.Local.Sqlite;

/// <summary>The texts of one document, each kept once: sessions, products and ids repeat.</summary>
internal sealed class TextTable
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    /// <summary>1 + the text's place; 0 for none.</summary>
    public int Add(string? text)
    {
        if (text is null)
        {
            return 0;
        }

        if (!_places.TryGetValue(text, out int place))
        {
            _texts.Add(text);
            place = _texts.Count;
            _places.Add(text, place);
        }

        return place;
    }

    /// <summary>The version, the table and the body, one after the other.</summary>
    public byte[] Join(byte version, ReadOnlySpan<byte> body)
    {
        using MemoryStream whole = new(body.Length + (_texts.Count * 24));
        using BinaryWriter writer = new(whole, Encoding.UTF8);
        writer.Write(version);
        writer.Write7BitEncodedInt(_texts.Count);
        _texts.ForEach(writer.Write);
        writer.Write(body);
        writer.Flush();
        return whole.ToArray();
    }
}
