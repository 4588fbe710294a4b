using System.Text;
using System.Xml;

namespace Aisle.Local.Import.Rows;

/// <summary>The items of an RSS 2.0 feed or the entries of an Atom feed, one at a time; a field is a child element by its local name, so
/// <c>g:price</c> is <c>price</c>.</summary>
internal sealed class FeedXmlRows(TextReader text) : IRows
{
    private const int MostCharactersOfAField = 100_000;

    private readonly XmlReader _xml = XmlReader.Create(text, new XmlReaderSettings
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
        CloseInput = true,
    });

    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The line on which the present item begins.</summary>
    public long Line { get; private set; }

    /// <inheritdoc/>
    public string this[string column] => _fields.GetValueOrDefault(column, "");

    /// <inheritdoc/>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _xml.ReadAsync())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_xml is { NodeType: XmlNodeType.Element, LocalName: "item" or "entry" })
                {
                    Line = ((IXmlLineInfo)_xml).LineNumber;
                    await ReadItemAsync(cancellationToken);
                    return true;
                }
            }

            return false;
        }
        catch (XmlException broken)
        {
            throw new DatasetFormatException(
                $"The XML cannot be read on from line {broken.LineNumber} ({broken.Message.TrimEnd('.')}). Correct or fetch the feed "
                + "again and import it again: what was imported stays and is not doubled.");
        }
    }

    /// <inheritdoc/>
    public string? Defect() => _fields.Values.Any(value => value.Length >= MostCharactersOfAField) ? $"a field of more than "
        + $"{MostCharactersOfAField:N0} characters" : null;

    /// <inheritdoc/>
    public string Text() => string.Join('\t', _fields.Select(field => $"{field.Key}={field.Value}"));

    /// <inheritdoc/>
    public void Dispose() => _xml.Dispose();

    private async Task ReadItemAsync(CancellationToken cancellationToken)
    {
        _fields.Clear();
        if (_xml.IsEmptyElement)
        {
            return;
        }

        int depth = _xml.Depth;
        string? field = null;
        StringBuilder value = new();
        while (await _xml.ReadAsync() && _xml.Depth > depth)
        {
            if (_xml.Depth == depth + 1 && _xml.NodeType == XmlNodeType.Element)
            {
                (field, _) = (_xml.LocalName, value.Clear());
            }
            else if (field is not null && _xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                await AppendAsync(value, cancellationToken);
                _fields[field] = value.ToString().Trim();
            }
        }
    }

    private async Task AppendAsync(StringBuilder value, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string text = await _xml.GetValueAsync();
        value.Append(text, 0, Math.Min(text.Length, MostCharactersOfAField - Math.Min(value.Length, MostCharactersOfAField)));
    }
}
