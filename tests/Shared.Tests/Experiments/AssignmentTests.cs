using Aisle.Events;
using Aisle.Experiments;

namespace Aisle.Tests.Experiments;

public sealed class AssignmentTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Experiment Halves = new()
    {
        Key = "halves",
        Salt = "halves",
        Variants = [new("control", 0, 5_000, new Dictionary<string, string>()), new("treatment", 5_000, 10_000, new Dictionary<string, string>())],
        StartsAt = Start,
        EndsAt = Start.AddDays(14),
        State = ExperimentState.Running,
    };

    [Fact]
    public void A_bucket_is_the_floored_remainder_of_the_salted_fingerprint()
    {
        AssignmentId visitor = new("user_1");
        long fingerprint = FarmFingerprint.Of("salt:user_1");

        Assert.Equal(((fingerprint % 10_000) + 10_000) % 10_000, Assignment.BucketOf("salt", visitor));
    }

    [Fact]
    public void Halves_get_about_half_of_the_visitors_each()
    {
        int control = Enumerable.Range(0, 20_000).Count(i => Assignment.VariantOf(Halves, new AssignmentId($"visitor-{i}"))!.Name == "control");

        Assert.InRange(control, 9_700, 10_300);
    }

    [Fact]
    public void Another_salt_divides_the_visitors_independently()
    {
        Experiment other = Halves with { Salt = "other" };

        int same = Enumerable.Range(0, 20_000).Select(i => new AssignmentId($"visitor-{i}"))
            .Count(visitor => Assignment.VariantOf(Halves, visitor)!.Name == Assignment.VariantOf(other, visitor)!.Name);

        Assert.InRange(same, 9_700, 10_300);
    }

    [Fact]
    public void Buckets_in_no_range_are_outside_the_experiment()
    {
        Experiment tenth = Halves with { Variants = [new("control", 0, 500, new Dictionary<string, string>())] };

        Assert.Contains(Enumerable.Range(0, 100), i => Assignment.VariantOf(tenth, new AssignmentId($"visitor-{i}")) is null);
    }

    [Fact]
    public void An_experiment_assigns_only_while_it_runs()
    {
        AssignmentId visitor = new("visitor");

        Assert.NotNull(Assignment.VariantAt(Halves, visitor, Start));
        Assert.Null(Assignment.VariantAt(Halves, visitor, Halves.EndsAt));
        Assert.Null(Assignment.VariantAt(Halves, visitor, Start.AddTicks(-1)));
        Assert.Null(Assignment.VariantAt(Halves with { State = ExperimentState.Stopped }, visitor, Start));
    }
}
