namespace Aisle.Local.Sqlite;

/// <summary>What a committed transaction survives.</summary>
internal enum Durability
{
    /// <summary>The death of the process; a loss of power may take it back, whole. For what is done again without harm.</summary>
    Process,

    /// <summary>Loss of power too, with everything that was committed before it.</summary>
    Power,
}
