using System.Globalization;

namespace Aisle.Benchmarks.Serving;

/// <summary>The latencies of an open loop, group by group. For one thread at a time.</summary>
internal sealed class OpenLoopResult
{
    private readonly Dictionary<string, List<double>> _milliseconds = [];

    /// <summary>How many requests were not answered by 200.</summary>
    public int Errors { get; private set; }

    /// <summary>How many requests were answered.</summary>
    public int Count => _milliseconds.Values.Sum(list => list.Count);

    /// <summary>Counts one answer.</summary>
    public void Add(string group, int status, double milliseconds)
    {
        Errors += status == 200 ? 0 : 1;
        (_milliseconds.TryGetValue(group, out List<double>? known) ? known : _milliseconds[group] = []).Add(milliseconds);
    }

    /// <summary>Adds up what several connections saw.</summary>
    public static OpenLoopResult Sum(IEnumerable<OpenLoopResult> parts)
    {
        OpenLoopResult sum = new();
        foreach (OpenLoopResult part in parts)
        {
            sum.Errors += part.Errors;
            foreach ((string group, List<double> list) in part._milliseconds)
            {
                (sum._milliseconds.TryGetValue(group, out List<double>? known) ? known : sum._milliseconds[group] = []).AddRange(list);
            }
        }

        return sum;
    }

    /// <summary>One line a group, and one for all where there are several.</summary>
    public IEnumerable<string> Lines() => _milliseconds.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => Line(entry.Key, entry.Value))
        .Concat(_milliseconds.Count > 1 ? [Line("all", [.. _milliseconds.Values.SelectMany(list => list)])] : []);

    private static string Line(string group, List<double> milliseconds)
    {
        milliseconds.Sort();
        double At(double share) => milliseconds.Count == 0 ? double.NaN : milliseconds[(int)(share * (milliseconds.Count - 1))];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  {group,-24} {milliseconds.Count,9:N0}   p50 {At(0.5),7:0.00} ms   p99 {At(0.99),7:0.00} ms   p99.9 {At(0.999),7:0.00} ms  "
            + $" most {At(1),7:0.00} ms");
    }
}
