using Aisle.Http;

namespace Aisle.AbReport.Requests;

/// <summary>What came of writing an experiment.</summary>
internal abstract record ExperimentWrite
{
    private ExperimentWrite()
    {
    }

    /// <summary>It is written, and its buckets are its own.</summary>
    public sealed record Written : ExperimentWrite;

    /// <summary>Somebody else was faster, or the key is taken; nothing was written.</summary>
    public sealed record Outrun : ExperimentWrite;

    /// <summary>Another experiment of its layer was written at the same moment, for some of the same buckets; nothing of this one is left.</summary>
    /// <param name="Layer">The layer.</param>
    public sealed record TakenBack(string Layer) : ExperimentWrite;

    /// <summary>Another experiment of its layer owns some of its buckets; it does not run.</summary>
    /// <param name="Problems">Which, by field.</param>
    public sealed record Clashing(IReadOnlyList<FieldProblem> Problems) : ExperimentWrite;
}
