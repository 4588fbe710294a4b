using System.Text;
using System.Text.Json;
using Aisle.Local.Import.Files;

namespace Aisle.Local.Import.Rows;

/// <summary>A file of JSON Lines: one object a line. A field of a field is named with dots, such as <c>user.id</c>.</summary>
internal sealed class JsonRows(TextReader text) : IRows
{
    private readonly LineReader _lines = new(text);
    private JsonDocument? _document;
    private string? _defect;

    /// <inheritdoc/>
    public long Line => _lines.Number;

    /// <summary>The present row.</summary>
    public JsonElement Row => _document?.RootElement ?? default;

    /// <inheritdoc/>
    public string this[string column] => Find(column) is { } value ? TextOf(value).Trim() : "";

    /// <inheritdoc/>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        _document?.Dispose();
        _document = null;
        do
        {
            if (!await _lines.NextAsync(cancellationToken))
            {
                return false;
            }
        }
        while (_lines.Text.Length == 0 && !_lines.IsTooLong);

        _defect = Parse();
        return true;
    }

    /// <inheritdoc/>
    public string? Defect() => _defect;

    /// <inheritdoc/>
    public string Text() => _lines.Text;

    /// <inheritdoc/>
    public void Dispose()
    {
        _document?.Dispose();
        text.Dispose();
    }

    /// <summary>A value as text: numbers as written, lists of texts with commas between them.</summary>
    public static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(TextOf)),
        _ => value.GetRawText(),
    };

    private JsonElement? Find(string column)
    {
        JsonElement value = Row;
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(column, out JsonElement direct))
        {
            return direct;
        }

        foreach (string part in column.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(part, out value))
            {
                return null;
            }
        }

        return value;
    }

    private string? Parse()
    {
        if (_lines.IsTooLong)
        {
            return $"a line of more than {LineReader.MostCharacters:N0} characters";
        }

        if (_lines.Text.Contains('\uFFFD'))
        {
            return "not valid UTF-8: name the file's own with --encoding, such as latin1";
        }

        try
        {
            _document = JsonDocument.Parse(_lines.Text, new JsonDocumentOptions { MaxDepth = 32 });
            Check(_document.RootElement);
            return Row.ValueKind == JsonValueKind.Object ? null : "not a JSON object: write one object a line";
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return _lines.Text is "[" || _lines.Text.StartsWith("[{", StringComparison.Ordinal)
                ? "a JSON list, not JSON Lines: write one object a line, as jq -c '.[]' does"
                : "not valid JSON";
        }
    }

    /// <summary>A JSON string may escape half a surrogate pair, which is no text: found here, not in the middle of a row.</summary>
    private static void Check(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Check(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    Check(member.Value);
                }

                break;
            default:
                break;
        }
    }
}
