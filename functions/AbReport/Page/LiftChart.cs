using System.Text;
using Aisle.AbReport.Results;

namespace Aisle.AbReport.Page;

/// <summary>Draws the cumulated lift of one variant over the days, with the band that survives looking every day.</summary>
internal static class LiftChart
{
    private const double Width = 760;
    private const double Height = 260;
    private const double Left = 64;
    private const double Bottom = 34;
    private const double Top = 12;

    // The first days' bands are so wide that nothing else could be seen: the scale follows the later ones.
    private const double WidestBand = 3;

    /// <summary>The chart; nothing below two days.</summary>
    public static string Of(string variant, IReadOnlyList<LiftPoint> points)
    {
        LiftPoint[] known = [.. points.Where(point => point.Variant == variant && point.Lift is not null)];
        if (known.Length < 2)
        {
            return "";
        }

        double last = known[^1] is { Low: { } l, High: { } h } ? (h - l) * WidestBand : double.PositiveInfinity;
        LiftPoint[] shown = [.. known.Where(point => point is { Low: { } low, High: { } high } && high - low <= last)];
        SharedScale y = SharedScale.Of(
            shown.SelectMany(point => new[] { point.Low, point.High }).Concat(known.TakeLast(Math.Max(1, known.Length / 2)).Select(point => point.Lift)), Height - Top - Bottom);
        SharedScale x = new(0, known[^1].Day, Width - Left - 12);
        string At(LiftPoint point, double value) => $"{Words.Px(Left + x.At(point.Day))},{Words.Px(Height - Bottom - y.At(value))}";
        StringBuilder svg = new();
        svg.Append($"<svg class=\"chart\" role=\"img\" viewBox=\"0 0 {Words.Px(Width)} {Words.Px(Height)}\" aria-label=\"Cumulated lift "
            + $"of {Words.Html(variant)}: {Words.Lift(known[^1].Lift)} after {known[^1].Day} days, between {Words.Lift(known[^1].Low)} "
            + $"and {Words.Lift(known[^1].High)}\">");
        foreach (double tick in y.Ticks(5))
        {
            double at = Height - Bottom - y.At(tick);
            svg.Append($"<line class=\"{(tick == 0 ? "zero" : "grid")}\" x1=\"{Words.Px(Left)}\" x2=\"{Words.Px(Width - 12)}\" "
                + $"y1=\"{Words.Px(at)}\" y2=\"{Words.Px(at)}\"/><text x=\"{Words.Px(Left - 8)}\" y=\"{Words.Px(at + 4)}\" "
                + $"text-anchor=\"end\">{Words.Lift(tick)}</text>");
        }

        foreach (double day in x.Ticks(8).Where(day => day > 0))
        {
            svg.Append($"<text x=\"{Words.Px(Left + x.At(day))}\" y=\"{Words.Px(Height - 12)}\" text-anchor=\"middle\">{Words.Px(day)}</text>");
        }

        LiftPoint[] banded = [.. known.Where(point => point is { Low: not null, High: not null })];
        if (banded.Length > 1)
        {
            svg.Append($"<polygon class=\"band\" "
                + $"points=\"{string.Join(' ', banded.Select(point => At(point, point.High!.Value)).Concat(banded.Reverse().Select(point => At(point, point.Low!.Value))))}\"/>");
        }

        svg.Append($"<polyline class=\"line\" points=\"{string.Join(' ', known.Select(point => At(point, point.Lift!.Value)))}\"/>");
        return svg.Append($"<circle class=\"end\" cx=\"{Words.Px(Left + x.At(known[^1].Day))}\" "
            + $"cy=\"{Words.Px(Height - Bottom - y.At(known[^1].Lift!.Value))}\" r=\"4.5\"/><text x=\"{Words.Px(Left)}\" "
            + $"y=\"{Words.Px(Height - 12)}\" text-anchor=\"end\">day</text></svg>").ToString();
    }
}
