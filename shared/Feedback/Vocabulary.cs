using System.Diagnostics.CodeAnalysis;

namespace Aisle.Feedback;

/// <summary>The users or the products of a data set and their dense indexes 0 … <see cref="Count"/> − 1, in both
/// directions. Immutable.</summary>
/// <typeparam name="TId">The identity; its default order is the order of the indexes, so the same ids always get
/// the same indexes.</typeparam>
public sealed class Vocabulary<TId>
    where TId : notnull
{
    private readonly TId[] _ids;
    private readonly Dictionary<TId, int> _indexes;

    private Vocabulary(TId[] ids)
    {
        _ids = ids;
        _indexes = new Dictionary<TId, int>(ids.Length);
        for (int index = 0; index < ids.Length; index++)
        {
            _indexes.Add(ids[index], index);
        }
    }

    /// <summary>How many ids there are.</summary>
    public int Count => _ids.Length;

    /// <summary>All ids, ascending; the position is the index.</summary>
    public IReadOnlyList<TId> Ids => _ids;

    /// <summary>The id at a dense index.</summary>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is not in 0 … <see cref="Count"/> − 1.</exception>
    public TId this[int index] => _ids[index];

    /// <summary>Looks an id up.</summary>
    /// <param name="id">Any id.</param>
    /// <param name="index">Its dense index, or 0 when it is unknown.</param>
    /// <returns>Whether the vocabulary holds the id.</returns>
    public bool TryGetIndex(TId id, out int index) => _indexes.TryGetValue(id, out index);

    /// <summary>Takes ids that are already in ascending order, without repeats.</summary>
    /// <exception cref="ArgumentException">Two neighbours are equal or descend; the message names the position.</exception>
    /// <remarks>O(n).</remarks>
    [SuppressMessage("Design", "CA1000", Justification = "The factory names what it demands of its argument.")]
    public static Vocabulary<TId> FromSorted(IReadOnlyList<TId> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        TId[] copy = [.. ids];
        for (int position = 1; position < copy.Length; position++)
        {
            if (Comparer<TId>.Default.Compare(copy[position - 1], copy[position]) >= 0)
            {
                throw new ArgumentException($"Ids must ascend without repeats; position {position} does not follow its predecessor.", nameof(ids));
            }
        }

        return new Vocabulary<TId>(copy);
    }

    /// <summary>Takes ids in any order, with repeats; the order of arrival does not matter.</summary>
    /// <remarks>O(n·log n).</remarks>
    [SuppressMessage("Design", "CA1000", Justification = "The factory names what it does with its argument.")]
    public static Vocabulary<TId> FromDistinct(IEnumerable<TId> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        TId[] sorted = [.. ids.Distinct()];
        Array.Sort(sorted);
        return new Vocabulary<TId>(sorted);
    }
}
