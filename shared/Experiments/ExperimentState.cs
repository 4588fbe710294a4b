namespace Aisle.Experiments;

/// <summary>Where an experiment stands.</summary>
public enum ExperimentState
{
    /// <summary>Written down, assigns nobody yet.</summary>
    Draft,

    /// <summary>Assigns users within its time range.</summary>
    Running,

    /// <summary>Assigns nobody any more; the report remains.</summary>
    Stopped,
}
