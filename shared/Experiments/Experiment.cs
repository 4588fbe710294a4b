namespace Aisle.Experiments;

/// <summary>A randomised comparison: who is assigned how, over which time, and what each variant changes.</summary>
public sealed record Experiment
{
    /// <summary>The name in URLs and logs: lower-case letters, digits, dashes and underscores.</summary>
    public required string Key { get; init; }

    /// <summary>What is hashed before the assignment id; by default the layer, else the key. Never changes once
    /// users were assigned.</summary>
    public required string Salt { get; init; }

    /// <summary>The arms, control first; bucket ranges do not overlap. Buckets in no range are outside the experiment.</summary>
    public required IReadOnlyList<Variant> Variants { get; init; }

    /// <summary>First instant that counts, UTC.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>First instant that no longer counts, UTC: the range is half-open.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Whether it assigns users now.</summary>
    public required ExperimentState State { get; init; }

    /// <summary>When somebody stopped it before its end, UTC; null for one that was not stopped. The plan stays:
    /// looks are counted against it.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>The layer whose salt assigns: experiments of one layer divide its buckets, so that no visitor is in two of them;
    /// null for an experiment of its own.</summary>
    public string? Layer { get; init; }

    /// <summary>Visitors whose variant is set by hand, for trying it out: assignment id to variant. They are not
    /// counted in the report.</summary>
    public IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether something other than salt and buckets assigned the visitors, as in an imported experiment: then no
    /// assignment can be derived again.</summary>
    public bool IsAssignedElsewhere { get; init; }

    /// <summary>The hypothesis in a sentence; null when nobody wrote one.</summary>
    public string? Description { get; init; }

    /// <summary>The first instant that does not count at a moment: the moment itself, the end, or when it was
    /// stopped, whichever came first.</summary>
    public DateTimeOffset CountsUntil(DateTimeOffset now)
    {
        DateTimeOffset end = StoppedAt is { } stopped && stopped < EndsAt ? stopped : EndsAt;
        return now < end ? now : end;
    }
}
