using System.Globalization;
using Aisle.Statistics;

namespace Aisle.AbReport.Page;

/// <summary>Draws an interval of a lift to scale, 0 marked: one row of a forest plot.</summary>
internal static class IntervalDrawing
{
    /// <summary>Width of the drawing in pixels.</summary>
    public const double Width = 200;

    private const double Height = 26;

    /// <summary>The drawing; a dash where there is no interval.</summary>
    /// <param name="figures">The comparison.</param>
    /// <param name="scale">The scale that all rows share.</param>
    /// <param name="margin">The lift that a guardrail must stay clear of; null where there is none.</param>
    public static string Of(ArmComparison figures, SharedScale scale, double? margin = null)
    {
        if (figures is not { Lift: { } lift, LiftLow: { } low, LiftHigh: { } high })
        {
            return $"<span class=\"none\">{Words.None}</span>";
        }

        double middle = Height / 2;
        string label = string.Create(CultureInfo.InvariantCulture, $"lift {Words.Lift(lift)}, between {Words.Lift(low)} and "
            + $"{Words.Lift(high)}{(margin is { } at ? $"; margin {Words.Lift(at)}" : "")}");
        return $"<svg class=\"interval\" role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {Words.Px(Width)} {Words.Px(Height)}\" "
            + $"width=\"{Words.Px(Width)}\" height=\"{Words.Px(Height)}\">"
            + $"<line class=\"zero\" x1=\"{Words.Px(scale.At(0))}\" x2=\"{Words.Px(scale.At(0))}\" y1=\"2\" y2=\"{Words.Px(Height - 2)}\"/>"
            + (margin is { } limit ? $"<line class=\"margin\" x1=\"{Words.Px(scale.At(limit))}\" x2=\"{Words.Px(scale.At(limit))}\" "
            + $"y1=\"2\" y2=\"{Words.Px(Height - 2)}\"/>" : "")
            + $"<line class=\"range\" x1=\"{Words.Px(scale.At(low))}\" x2=\"{Words.Px(scale.At(high))}\" y1=\"{Words.Px(middle)}\" "
            + $"y2=\"{Words.Px(middle)}\"/>"
            + $"<circle class=\"point\" cx=\"{Words.Px(scale.At(lift))}\" cy=\"{Words.Px(middle)}\" r=\"4\"/></svg>";
    }
}
