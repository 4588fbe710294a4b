using System.Globalization;
using System.Net;
using System.Text.Json;
using Aisle.AbReport.Metrics;
using Aisle.AbReport.Results;

namespace Aisle.AbReport.Page;

/// <summary>Figures and words as people read them; what is not there is a dash, and nothing is ever NaN or −0.</summary>
internal static class Words
{
    /// <summary>What stands where there is no figure.</summary>
    public const string None = "–";

    /// <summary>The word for a verdict or status on the wire.</summary>
    public static string Wire(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The same with spaces.</summary>
    public static string Plain(Enum value) => Wire(value).Replace('_', ' ');

    /// <summary>A share of the control, with its sign.</summary>
    public static string Lift(double? value) => Known(value) is { } share ? Clean(share, 1e-4).ToString("+0.0%;-0.0%;0.0%", CultureInfo.InvariantCulture) : None;

    /// <summary>A p-value.</summary>
    public static string P(double? value) => Known(value) switch
    {
        null => None,
        < 0.0001 => "< 0.0001",
        { } p => p.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    /// <summary>What a p-value must not exceed; small ones by their power of ten.</summary>
    public static string Level(double value) => value < 0.0001 ? value.ToString("0.#e0", CultureInfo.InvariantCulture) : P(value);

    /// <summary>A figure in the metric's unit.</summary>
    public static string Figure(double? value, MetricUnit unit) => (Known(value), unit) switch
    {
        (null, _) => None,
        ({ } v, MetricUnit.Share) => Clean(v, 1e-6).ToString("0.000%", CultureInfo.InvariantCulture),
        ({ } v, MetricUnit.Money) => Small(v, "#,0.00##"),
        ({ } v, MetricUnit.Seconds) => Clean(v, 1e-6).ToString("#,0.0", CultureInfo.InvariantCulture),
        ({ } v, _) => Small(v, "#,0.###"),
    };

    /// <summary>The same with the currency behind an amount of money.</summary>
    /// <param name="value">The figure.</param>
    /// <param name="result">The metric that it is of.</param>
    public static string FigureWithUnit(double? value, MetricResult result) =>
        Known(value) is not null && result.Definition.Unit == MetricUnit.Money ? $"{Figure(value, MetricUnit.Money)} "
            + $"{result.Unit}" : Figure(value, result.Definition.Unit);

    // Below 0.1 four digits that count, so that two small means can be told apart.
    private static string Small(double value, string format) => Math.Abs(value) is > 1e-9 and < 0.1
        ? value.ToString($"0.{new string('0', 3 - (int)Math.Floor(Math.Log10(Math.Abs(value))))}", CultureInfo.InvariantCulture)
        : Clean(value, 1e-6).ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A share without a sign.</summary>
    public static string Share(double? value) => Known(value) is { } share ? Clean(share, 1e-4).ToString("0.0%", CultureInfo.InvariantCulture) : None;

    /// <summary>A whole number with separators.</summary>
    public static string Count(double? value) => Known(value)?.ToString("#,0", CultureInfo.InvariantCulture) ?? None;

    /// <summary>Text that cannot become markup.</summary>
    public static string Html(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>A length in a drawing.</summary>
    public static string Px(double value) => Clean(value, 0.005).ToString("0.##", CultureInfo.InvariantCulture);

    private static double? Known(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    // Half of the last digit shown: below it there is nothing, and no sign.
    private static double Clean(double value, double least) => Math.Abs(value) < least / 2 ? 0 : value;
}
