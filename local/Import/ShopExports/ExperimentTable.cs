namespace Aisle.Local.Import.ShopExports;

/// <summary>An experiment that was run elsewhere, of which there is a table with one row a user.</summary>
/// <param name="Key">What it is called here.</param>
/// <param name="StartsAt">When it began, UTC.</param>
public sealed record ExperimentTable(string Key, DateTimeOffset StartsAt)
{
    /// <summary>Days that the experiment is given: as many as a decision needs, for the table itself tells no times.</summary>
    public const int Days = 14;

    /// <summary>When nothing counts any longer.</summary>
    public DateTimeOffset EndsAt => StartsAt.AddDays(Days).AddHours(1);
}
