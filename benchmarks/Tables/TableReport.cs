using System.Diagnostics;
using System.Globalization;

namespace Aisle.Benchmarks.Tables;

/// <summary>Prints rows of figures beside the published ones as they are found.</summary>
/// <param name="output">Where to.</param>
internal sealed class TableReport(TextWriter output)
{
    /// <summary>Starts a table.</summary>
    public void Begin(string title, IReadOnlyList<string> columns)
    {
        output.WriteLine();
        output.WriteLine(title);
        output.WriteLine($"{"",-66} {string.Join(" ", columns.Select(column => $"{column,8}"))} {"seconds",9}");
    }

    /// <summary>Computes one row and prints it, with the published figures below when there are any.</summary>
    /// <param name="name">The model and its settings.</param>
    /// <param name="published">Null where nothing was published.</param>
    /// <param name="compute">Trains and judges.</param>
    public void Row(string name, double[]? published, Func<double[]> compute)
    {
        long start = Stopwatch.GetTimestamp();
        double[] values = compute();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-66} {Figures(values)} {seconds,9:0.0}"));
        if (published is not null)
        {
            output.WriteLine($"{"    published",-66} {Figures(published)}");
        }
    }

    /// <summary>Prints a remark.</summary>
    public void Note(string text) => output.WriteLine($"    {text}");

    private static string Figures(double[] values) => string.Join(" ", values.Select(value => value.ToString("0.0000", CultureInfo.InvariantCulture).PadLeft(8)));
}
