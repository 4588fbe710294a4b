using System.Text.Json;

namespace Aisle.Tests.Statistics;

/// <summary>Every pair of arms with every fault: the status is the first that applies in the order that the golden files' README states.</summary>
public sealed class StatusOrderTests
{
    private static readonly string[] Order = ["invalid_input", "no_data", "zero_denominator", "zero_baseline", "insufficient_data", "zero_variance"];

    // By what is the matter with it.
    private static readonly (string Arm, string[] Faults)[] Means =
    [
        ("""{"n":4,"sum":20,"sum_squares":110}""", []),
        ("""{"n":4,"sum":0,"sum_squares":10}""", ["mean_0"]),
        ("""{"n":4,"sum":20,"sum_squares":100}""", ["constant"]),
        ("""{"n":4,"sum":0,"sum_squares":0}""", ["constant", "mean_0"]),
        ("""{"n":1,"sum":5,"sum_squares":25}""", ["single"]),
        ("""{"n":1,"sum":0,"sum_squares":0}""", ["single", "mean_0"]),
        ("""{"n":0,"sum":0,"sum_squares":0}""", ["empty"]),
        ("""{"n":-1,"sum":5,"sum_squares":25}""", ["wrong"]),
        ("""{"n":2.5,"sum":5,"sum_squares":25}""", ["wrong"]),
        ("""{"n":4,"sum":"NaN","sum_squares":25}""", ["wrong"]),
        ("""{"n":4,"sum":5,"sum_squares":"Infinity"}""", ["wrong"]),
    ];

    private static readonly (string Arm, string[] Faults)[] Ratios =
    [
        ("""{"n":4,"sum_m":6,"sum_d":12,"sum_m2":14,"sum_d2":46,"sum_md":25}""", []),
        ("""{"n":3,"sum_m":6,"sum_d":12,"sum_m2":14,"sum_d2":56,"sum_md":28}""", ["constant"]),
        ("""{"n":1,"sum_m":2,"sum_d":4,"sum_m2":4,"sum_d2":16,"sum_md":8}""", ["single"]),
        ("""{"n":4,"sum_m":2,"sum_d":0,"sum_m2":2,"sum_d2":0,"sum_md":0}""", ["no_denominator"]),
        ("""{"n":1,"sum_m":0,"sum_d":0,"sum_m2":0,"sum_d2":0,"sum_md":0}""", ["no_denominator", "single"]),
        ("""{"n":0,"sum_m":0,"sum_d":0,"sum_m2":0,"sum_d2":0,"sum_md":0}""", ["empty"]),
        ("""{"n":-3,"sum_m":6,"sum_d":12,"sum_m2":14,"sum_d2":56,"sum_md":28}""", ["wrong"]),
        ("""{"n":4,"sum_m":6,"sum_d":"-Infinity","sum_m2":14,"sum_d2":46,"sum_md":25}""", ["wrong"]),
    ];

    private static readonly (string Arm, string[] Faults)[] Shares =
    [
        ("""{"n":40,"conversions":3}""", []),
        ("""{"n":40,"conversions":0}""", ["none"]),
        ("""{"n":40,"conversions":40}""", ["all"]),
        ("""{"n":0,"conversions":0}""", ["empty"]),
        ("""{"n":40,"conversions":41}""", ["wrong"]),
        ("""{"n":40,"conversions":-1}""", ["wrong"]),
        ("""{"n":40,"conversions":2.5}""", ["wrong"]),
        ("""{"n":"NaN","conversions":0}""", ["wrong"]),
    ];

    [Fact]
    public void Means_have_the_first_status_that_applies() =>
        Check("welch", """ "alternative":"two-sided" """, Means, (_, _) => []);

    [Fact]
    public void Lifts_have_no_answer_over_a_control_of_nothing_before_they_lack_variance() =>
        Check("relative_lift", """ "metric_kind":"mean" """, Means, (control, _) => control.Contains("mean_0") ? ["zero_baseline"] : []);

    [Fact]
    public void Ratios_lack_a_denominator_before_they_lack_visitors() =>
        Check("ratio_delta", """ "note":"" """, Ratios, (_, _) => []);

    [Fact]
    public void Shares_that_are_all_nothing_or_all_everything_do_not_vary() => Check(
        "two_proportion", """ "note":"" """, Shares,
        (control, treatment) => (control.Contains("none") && treatment.Contains("none")) || (control.Contains("all") && treatment.Contains("all")) ? ["zero_variance"] : []);

    private static void Check(string method, string choices, (string Arm, string[] Faults)[] arms, Func<string[], string[], IEnumerable<string>> further)
    {
        List<string> wrong = [];
        foreach ((string control, string[] ofControl) in arms)
        {
            foreach ((string treatment, string[] ofTreatment) in arms)
            {
                using JsonDocument input = JsonDocument.Parse($"{{\"control\":{control},\"treatment\":{treatment},\"alpha\":0.05,{choices}}}");
                string[] apply = [.. ofControl.Concat(ofTreatment).Select(StatusOf).OfType<string>(), .. further(ofControl, ofTreatment)];
                string[] both = ofControl.Contains("constant") && ofTreatment.Contains("constant") ? ["zero_variance"] : [];
                string expected = Order.FirstOrDefault(status => apply.Concat(both).Contains(status)) ?? "ok";
                object? got = GoldenMethods.All[method](input.RootElement)["status"];
                if (!expected.Equals(got))
                {
                    wrong.Add($"{control} and {treatment}: {got} instead of {expected}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string? StatusOf(string fault) => fault switch
    {
        "wrong" => "invalid_input",
        "empty" => "no_data",
        "no_denominator" => "zero_denominator",
        "single" => "insufficient_data",
        _ => null,
    };
}
