using System.Globalization;
using System.Text;
using Aisle.AbReport.Results;

namespace Aisle.AbReport.Page;

/// <summary>Draws how many buyers brought how much, variant beside variant.</summary>
internal static class RevenueChart
{
    private const double Width = 760;
    private const double Height = 208;
    private const double Left = 64;
    private const double Bottom = 28;
    private const double Top = 10;

    /// <summary>The chart; nothing where nobody bought.</summary>
    public static string Of(IReadOnlyList<RevenueBar> bars)
    {
        RevenueBar[] shown = [.. bars.GroupBy(bar => bar.From).Where(range => range.Any(bar => bar.Visitors > 0)).SelectMany(range => range)];
        if (shown.Length == 0)
        {
            return "";
        }

        string[] variants = [.. shown.Select(bar => bar.Variant).Distinct()];
        (double From, double To)[] ranges = [.. shown.Select(bar => (bar.From, bar.To)).Distinct().Order()];
        Dictionary<string, long> buyers = variants.ToDictionary(variant => variant, variant => shown.Where(bar => bar.Variant == variant).Sum(bar => bar.Visitors));
        double Share(RevenueBar bar) => buyers[bar.Variant] == 0 ? 0 : (double)bar.Visitors / buyers[bar.Variant];
        SharedScale y = SharedScale.Of(shown.Select(bar => (double?)Share(bar)), Height - Top - Bottom) with { Low = 0 };
        double slot = (Width - Left - 12) / ranges.Length;
        double width = slot * 0.8 / variants.Length;
        StringBuilder svg = new();
        svg.Append($"<svg class=\"chart\" role=\"img\" viewBox=\"0 0 {Words.Px(Width)} {Words.Px(Height)}\" aria-label=\"Buyers by "
            + $"revenue, share of each variant's buyers\">");
        foreach (double tick in y.Ticks(4))
        {
            double at = Height - Bottom - y.At(tick);
            svg.Append($"<line class=\"grid\" x1=\"{Words.Px(Left)}\" x2=\"{Words.Px(Width - 12)}\" y1=\"{Words.Px(at)}\" "
                + $"y2=\"{Words.Px(at)}\"/><text x=\"{Words.Px(Left - 8)}\" y=\"{Words.Px(at + 4)}\" text-anchor=\"end\">{Words.Share(tick)}</text>");
        }

        foreach (RevenueBar bar in shown)
        {
            int arm = Array.IndexOf(variants, bar.Variant);
            double left = Left + (slot * Array.IndexOf(ranges, (bar.From, bar.To))) + (slot * 0.1) + (arm * width);
            double height = y.At(Share(bar));
            svg.Append($"<rect class=\"arm{arm % 4}\" x=\"{Words.Px(left)}\" y=\"{Words.Px(Height - Bottom - height)}\" "
                + $"width=\"{Words.Px(width)}\" height=\"{Words.Px(height)}\"><title>{Words.Html(bar.Variant)}: "
                + $"{Words.Count(bar.Visitors)} buyers</title></rect>");
        }

        foreach ((int index, (double from, _)) in ranges.Index())
        {
            svg.Append($"<text x=\"{Words.Px(Left + (slot * (index + 0.5)))}\" y=\"{Words.Px(Height - 8)}\" "
                + $"text-anchor=\"middle\">{from.ToString("#,0", CultureInfo.InvariantCulture)}+</text>");
        }

        return svg.Append("</svg>").Append(Legend(variants)).ToString();
    }

    // Beside the drawing, so that long names wrap instead of running into each other.
    private static string Legend(string[] variants) => $"<p class=\"legend\">{string.Concat(variants.Index().Select(arm =>
        $"<span><svg width=\"10\" height=\"10\" aria-hidden=\"true\"><rect class=\"arm{arm.Index % 4}\" width=\"10\" height=\"10\"/></svg>{Words.Html(arm.Item)}</span>"))}</p>";
}
