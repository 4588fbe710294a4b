using Aisle.Events;

namespace Aisle.Experiments;

/// <summary>Who belongs to which variant: a hash, the same answer for ever and on every engine.</summary>
public static class Assignment
{
    /// <summary>How many buckets there are; bucket ranges of variants lie in [0, this).</summary>
    public const int Buckets = 10_000;

    /// <summary>The bucket of a visitor: FARM_FINGERPRINT(salt || ':' || assignment_id), brought into [0, 10,000).</summary>
    /// <remarks>The remainder is floored, so that negative fingerprints fall into buckets too; the same expression runs in SQL.</remarks>
    public static int BucketOf(string salt, AssignmentId assignment)
    {
        ArgumentNullException.ThrowIfNull(salt);
        long remainder = FarmFingerprint.Of($"{salt}:{assignment.Value}") % Buckets;
        return (int)((remainder + Buckets) % Buckets);
    }

    /// <summary>The variant that the visitor's override names, else the one that owns the bucket, whatever the experiment's state
    /// and time; null when there is none.</summary>
    public static Variant? VariantOf(Experiment experiment, AssignmentId assignment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment.Overrides.TryGetValue(assignment.Value, out string? name)
            ? experiment.Variants.FirstOrDefault(variant => variant.Name == name)
            : VariantOwning(experiment, BucketOf(experiment.Salt, assignment));
    }

    /// <summary>The variant that owns a bucket; null when none does.</summary>
    public static Variant? VariantOwning(Experiment experiment, long bucket)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment.Variants.FirstOrDefault(variant => bucket >= variant.FromBucket && bucket < variant.ToBucket);
    }

    /// <summary>The variant in force for the visitor at an instant; null when the experiment is not running then
    /// or leaves the visitor out.</summary>
    public static Variant? VariantAt(Experiment experiment, AssignmentId assignment, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        bool isRunning = experiment.State == ExperimentState.Running && at >= experiment.StartsAt && at < experiment.EndsAt;
        return isRunning ? VariantOf(experiment, assignment) : null;
    }
}
