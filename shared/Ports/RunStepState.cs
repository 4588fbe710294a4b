namespace Aisle.Ports;

/// <summary>Where one step of a run stands.</summary>
public enum RunStepState
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>Begun; after a crash it is begun again.</summary>
    Running,

    /// <summary>Done; a resumed run skips it.</summary>
    Done,

    /// <summary>Failed; the run says why.</summary>
    Failed,
}
