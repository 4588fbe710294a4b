using System.Globalization;
using System.Text.RegularExpressions;

namespace Aisle.GoogleCloud.Training;

/// <summary>Fills the places <c>${name}</c> of a statement. What BigQuery takes no query parameters for (names of tables and models,
/// options, ML functions) is written into the text; so that nothing else can be, values are numbers, instants, words of a closed alphabet,
/// or statements of this assembly.</summary>
internal static partial class SqlTemplate
{
    /// <summary>The statement with all places filled.</summary>
    /// <param name="text">The template.</param>
    /// <param name="values">More names than the template uses are fine: all statements of a plan share one set.</param>
    /// <exception cref="ArgumentException">A place has no value, or a value could end the literal or name that it stands in.</exception>
    public static string Fill(string text, IReadOnlyDictionary<string, object> values)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(values);
        return Place().Replace(text, place => values.TryGetValue(place.Groups[1].Value, out object? value)
            ? Write(place.Groups[1].Value, value)
            : throw new ArgumentException($"The statement has the place {place.Value}, for which there is no value.", nameof(values)));
    }

    private static string Write(string name, object value) => value switch
    {
        SqlText statement => statement.Text,
        int or long => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        double number when double.IsFinite(number) => number.ToString("0.0###############", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss+00", CultureInfo.InvariantCulture),
        string word when Word().IsMatch(word) => word,
        _ => throw new ArgumentException($"The value of {name} is {value}: it must be a number, an instant, or a word of letters, digits "
            + $"and . _ : / {{ }} \" , -."),
    };

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Place();

    [GeneratedRegex("^[A-Za-z0-9._:/{}\",-]+\\z")]
    private static partial Regex Word();
}
