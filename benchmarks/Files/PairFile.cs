using System.Globalization;

namespace Aisle.Benchmarks.Files;

/// <summary>Reads <c>user,item[,weight[,timestamp]]</c> files: comma, tab or semicolon, header optional, any ids, quotes allowed.</summary>
internal static class PairFile
{
    private static readonly string[] UserWords = ["user", "uid", "customer", "visitor", "session", "reviewer", "member", "household"];
    private static readonly string[] ItemWords = ["item", "iid", "product", "movie", "asin", "article", "sku", "track", "book"];

    private const float MostWeight = 1e9f;

    /// <summary>Reads all lines; those whose weight says nothing are counted and left out.</summary>
    /// <param name="path">A text file, gzipped when it ends in .gz.</param>
    /// <exception cref="InvalidDataException">A line cannot be read, or no line is usable; the message says
    /// which, why, and what would do.</exception>
    public static PairTable Load(string path)
    {
        List<PairLine> pairs = [];
        long leftOut = 0;
        string? first = null;
        foreach ((PairLine pair, string? problem) in Lines(path))
        {
            if (problem is null)
            {
                pairs.Add(pair);
            }
            else
            {
                leftOut++;
                first ??= problem;
            }
        }

        return pairs.Count > 0 ? new PairTable(pairs, leftOut, first)
            : throw new InvalidDataException(first ?? $"{path}: the file has no line with a user and an item, as in user,item[,weight[,timestamp]].");
    }

    /// <summary>Reads line by line.</summary>
    /// <param name="path">A text file, gzipped when it ends in .gz.</param>
    /// <exception cref="InvalidDataException">A line cannot be used; the message says which, why, and what would do.</exception>
    public static IEnumerable<PairLine> Stream(string path) =>
        Lines(path).Select(line => line.Problem is null ? line.Pair : throw new InvalidDataException(line.Problem));

    private static IEnumerable<(PairLine Pair, string? Problem)> Lines(string path)
    {
        char separator = ',';
        int number = 0;
        foreach (string line in Files.Lines.Of(path))
        {
            number++;
            if (number == 1)
            {
                separator = Separator(line);
            }

            string[] fields = Split(line, separator);
            if (number == 1 && IsHeader(fields))
            {
                continue;
            }

            yield return Parse(fields, path, number);
        }
    }

    /// <summary>Splits a line at a separator outside double quotes; a doubled quote inside quotes stands for one.</summary>
    public static string[] Split(string line, char separator)
    {
        if (!line.Contains('"'))
        {
            return line.Split(separator);
        }

        List<string> fields = [];
        System.Text.StringBuilder field = new();
        bool quoted = false;
        for (int index = 0; index < line.Length; index++)
        {
            if (line[index] == '"' && quoted && index + 1 < line.Length && line[index + 1] == '"')
            {
                field.Append('"');
                index++;
            }
            else if (line[index] == '"')
            {
                quoted = !quoted;
            }
            else if (line[index] == separator && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[index]);
            }
        }

        fields.Add(field.ToString());
        return [.. fields];
    }

    private static char Separator(string line) => line.Contains('\t') ? '\t' : line.Contains(';') && !line.Contains(',') ? ';' : line.Contains(',') ? ',' : ' ';

    private static bool IsHeader(string[] fields) =>
        (fields.Length >= 3 && fields[2].Length > 0 && !double.TryParse(fields[2], CultureInfo.InvariantCulture, out _))
        || (fields.Length >= 2 && Names(fields[0], UserWords) && Names(fields[1], ItemWords));

    /// <summary>Whether a field is the name of a column: it has one of the words and no digit, so that an id such
    /// as user1 is none.</summary>
    private static bool Names(string field, string[] words) =>
        !field.Any(char.IsAsciiDigit) && words.Any(word => field.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static (PairLine Pair, string? Problem) Parse(string[] fields, string path, int number)
    {
        if (fields.Length < 2 || fields[0].Length == 0 || fields[1].Length == 0)
        {
            throw new InvalidDataException($"{path} line {number}: a user and an item are needed, separated by comma, tab or semicolon.");
        }

        float weight = 1;
        if (fields.Length > 2 && fields[2].Length > 0 && (!float.TryParse(fields[2], CultureInfo.InvariantCulture, out weight) || !float.IsFinite(weight) || weight <= 0))
        {
            return (default, $"{path} line {number}: the weight '{fields[2]}' must be a positive number.");
        }

        DateTimeOffset? at = fields.Length > 3 && fields[3].Length > 0 ? Moment(fields[3], path, number) : null;
        return (new PairLine(fields[0], fields[1], Math.Min(weight, MostWeight), at), null);
    }

    /// <summary>Unix seconds or milliseconds, or an ISO 8601 date and time.</summary>
    private static DateTimeOffset Moment(string text, string path, int number)
    {
        if (double.TryParse(text, CultureInfo.InvariantCulture, out double unix) && Math.Abs(unix) < 1e14)
        {
            return DateTimeOffset.FromUnixTimeMilliseconds((long)(Math.Abs(unix) < 1e11 ? unix * 1000 : unix));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? moment
            : throw new InvalidDataException($"{path} line {number}: the timestamp '{text}' is neither unix time nor ISO 8601.");
    }
}
