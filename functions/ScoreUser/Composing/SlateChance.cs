using System.Globalization;
using Aisle.Events;
using Aisle.Numerics;

namespace Aisle.ScoreUser.Composing;

/// <summary>The source of slate ids and of each request's chance: the same seed gives the same sequence.</summary>
/// <param name="options">The seed.</param>
public sealed class SlateChance(ScoreUserOptions options)
{
    private long _requests;

    /// <summary>The next request's id and seed.</summary>
    public (SlateId Id, ulong Seed) Next()
    {
        SeededRandom random = SeededRandom.Derive(options.Seed, (ulong)Interlocked.Increment(ref _requests));
        ulong seed = random.NextUInt64();
        return (new SlateId(string.Create(CultureInfo.InvariantCulture, $"{random.NextUInt64():x16}{random.NextUInt64():x16}")), seed);
    }
}
