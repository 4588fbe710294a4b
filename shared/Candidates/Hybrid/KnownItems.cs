using Aisle.Factorization;

namespace Aisle.Candidates.Hybrid;

/// <summary>Which items a source knows: those whose row is not zero.</summary>
/// <param name="Flags">For each item, whether it is known.</param>
/// <param name="Mask">1 for a known item, 0 for another.</param>
/// <param name="All">Whether all are known.</param>
internal sealed record KnownItems(bool[] Flags, float[] Mask, bool All)
{
    /// <summary>The items of a matrix that have a row of their own.</summary>
    public static KnownItems Of(FactorMatrix rows)
    {
        bool[] flags = [.. Enumerable.Range(0, rows.Count).Select(item => rows[item].ContainsAnyExcept(0f))];
        return new KnownItems(flags, [.. flags.Select(known => known ? 1f : 0f)], flags.All(known => known));
    }
}
