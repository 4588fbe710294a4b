using System.Globalization;
using Aisle.Host.Importing;

namespace Aisle.Host.Output;

/// <summary>The bar of an import: how much of the file is read, rows a second, time left.</summary>
/// <param name="bars">Where bars go.</param>
/// <param name="name">The file's name.</param>
/// <param name="clock">What the rate is measured by.</param>
internal sealed class ImportBar(ProgressBars bars, string name, TimeProvider clock)
{
    private readonly long _began = clock.GetTimestamp();
    private Action<int, string>? _bar;
    private long _told;

    /// <summary>Moves the bar.</summary>
    public void Tell(ImportProgress progress)
    {
        _bar ??= bars.AddDescribed(name, Thousandths(progress.Bytes, progress.Bytes));
        long reached = Thousandths(progress.BytesRead, progress.Bytes);
        _bar((int)(reached - _told), Words(progress, clock.GetElapsedTime(_began)));
        _told = reached;
    }

    /// <summary>Rows, rate and time left in words.</summary>
    internal static string Words(ImportProgress progress, TimeSpan elapsed)
    {
        double rate = progress.Rows / Math.Max(elapsed.TotalSeconds, 0.001);
        double share = progress.Bytes == 0 ? 1 : (double)progress.BytesRead / progress.Bytes;
        TimeSpan left = share <= 0 ? TimeSpan.Zero : elapsed * ((1 - share) / share);
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Rows:N0} rows, {rate:N0} a second, {left:h\\:mm\\:ss} left");
    }

    // Bars count in whole steps: a thousandth of the file each.
    private static long Thousandths(long bytes, long all) => all == 0 ? 1000 : 1000 * bytes / all;
}
