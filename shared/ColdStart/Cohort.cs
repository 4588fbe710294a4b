namespace Aisle.ColdStart;

/// <summary>The kind of shopper somebody is, as far as the shop knows.</summary>
/// <param name="AgeBracket">Such as <c>25-34</c>; null when unknown, or when it does not matter.</param>
/// <param name="Location">Such as a country; null when unknown, or when it does not matter.</param>
/// <param name="DeviceType">Such as <c>mobile</c>; null when unknown, or when it does not matter.</param>
public sealed record Cohort(string? AgeBracket, string? Location, string? DeviceType) : IComparable<Cohort>
{
    /// <summary>Everybody: nothing is known.</summary>
    public static Cohort Everybody { get; } = new(null, null, null);

    /// <summary>Whether nothing is known.</summary>
    public bool IsEverybody => this == Everybody;

    /// <summary>This cohort and all coarser ones, finest first and without <see cref="Everybody"/>: what the device says is given up first,
    /// then the location, then the age.</summary>
    public IEnumerable<Cohort> FromFineToCoarse()
    {
        Cohort[] levels =
        [
            this,
            this with { DeviceType = null },
            this with { Location = null },
            this with { AgeBracket = null },
            new(AgeBracket, null, null),
            new(null, Location, null),
            new(null, null, DeviceType),
        ];
        return levels.Distinct().Where(level => !level.IsEverybody);
    }

    /// <summary>Orders by age bracket, location and device, ordinally; unknown first.</summary>
    public int CompareTo(Cohort? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = string.CompareOrdinal(AgeBracket, other.AgeBracket);
        order = order != 0 ? order : string.CompareOrdinal(Location, other.Location);
        return order != 0 ? order : string.CompareOrdinal(DeviceType, other.DeviceType);
    }
}
