using System.Globalization;

namespace Aisle.Benchmarks.Files;

/// <summary>Reads <c>user,item[,weight[,timestamp]]</c> files: comma, tab or semicolon, header optional, any ids, quotes allowed.</summary>
internal static class PairFile
{
    /// <summary>Reads all lines.</summary>
    /// <param name="path">A text file, gzipped when it ends in .gz.</param>
    /// <exception cref="InvalidDataException">A line cannot be read; the message says which, why, and what would do.</exception>
    public static List<PairLine> Read(string path) => [.. Stream(path)];

    /// <summary>Reads line by line.</summary>
    /// <param name="path">A text file, gzipped when it ends in .gz.</param>
    public static IEnumerable<PairLine> Stream(string path)
    {
        char separator = ',';
        int number = 0;
        foreach (string line in Lines.Of(path))
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
        (fields.Length >= 3 && !double.TryParse(fields[2], CultureInfo.InvariantCulture, out _))
        || (fields.Length >= 2 && fields[0].Contains("user", StringComparison.OrdinalIgnoreCase) && fields[1].Contains("item", StringComparison.OrdinalIgnoreCase));

    private static PairLine Parse(string[] fields, string path, int number)
    {
        if (fields.Length < 2 || fields[0].Length == 0 || fields[1].Length == 0)
        {
            throw new InvalidDataException($"{path} line {number}: a user and an item are needed, separated by comma, tab or semicolon.");
        }

        float weight = 1;
        if (fields.Length > 2 && (!float.TryParse(fields[2], CultureInfo.InvariantCulture, out weight) || !float.IsFinite(weight) || weight <= 0))
        {
            throw new InvalidDataException($"{path} line {number}: the weight '{fields[2]}' must be a positive number; leave the line out if it says nothing.");
        }

        return new PairLine(fields[0], fields[1], weight, fields.Length > 3 ? Moment(fields[3], path, number) : null);
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
