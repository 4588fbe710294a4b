using Aisle.Statistics.Calibration;

namespace Aisle.Tests.Statistics.Calibration;

/// <summary>The bounded version of <c>benchmarks -- calibrate</c>: fewer experiments, wider intervals of their own.</summary>
public sealed class StudyTests
{
    private const int Experiments = 1500;
    private const ulong Seed = 20_260_102;

    // Four binomial standard errors: 2.3 points at 95 %, 4.1 at 80 %.
    private const double Errors = 4;

    public static TheoryData<int> Intervals => [.. Enumerable.Range(0, 5)];

    private static readonly Lazy<IReadOnlyList<IntervalCoverage>> Promised = new(() => new CoverageStudy(Experiments, Seed, -1).Promised());

    [Theory, MemberData(nameof(Intervals))]
    public void Intervals_hold_the_truth_as_often_as_they_say(int interval)
    {
        IntervalCoverage study = Promised.Value[interval];

        Assert.True(study.Covered.Agrees(1 - CoverageStudy.Alpha, Errors), $"{study.Name} covers in {study.Covered.Rate:P2}.");
        Assert.Equal(Experiments, study.Covered.Count + study.TooLow.Count + study.TooHigh.Count);
    }

    [Fact]
    public void Daily_peeking_under_the_default_design_keeps_the_error_and_without_protection_breaks_it()
    {
        IReadOnlyList<PeekingResult> rules = new PeekingStudy(Experiments, Seed, -1).Run();

        Assert.All(rules.Where(rule => rule.IsExact), rule =>
            Assert.True(rule.FalsePositives.Agrees(PeekingStudy.Alpha, Errors), $"{rule.Rule}: {rule.FalsePositives.Rate:P2}"));
        Assert.True(rules[1].FalsePositives.Rate > 0.15, "Unprotected peeking should show what is wrong with it.");
        Assert.True(rules[3].FalsePositives.Rate < PeekingStudy.Alpha);
        Assert.InRange(rules[2].Power.Rate!.Value, rules[0].Power.Rate!.Value - 0.06, rules[0].Power.Rate!.Value);
    }

    [Fact]
    public void Experiments_of_the_calculators_size_find_what_it_promises() => Assert.All(new PowerStudy(Experiments, Seed, -1).Run(), check =>
        Assert.True(check.Simulated.Agrees(check.Calculated, Errors), $"{check.Name}: {check.Simulated.Rate:P1} against {check.Calculated:P1}"));

    [Fact]
    public void Threads_do_not_change_the_result() =>
        Assert.Equal(new CoverageStudy(60, 5, 1).HeavyTailed(2000), new CoverageStudy(60, 5, -1).HeavyTailed(2000));
}
