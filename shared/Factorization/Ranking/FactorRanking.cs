using Aisle.Factorization.Solvers;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Factorization.Ranking;

/// <summary>Ranks the whole catalogue for many users: exactly the k best inner products of each, without what the user has.</summary>
/// <remarks>Items are sorted by length; a user is finished once length · length cannot reach the k-th best any more (Cauchy–Schwarz).
/// Where the processor multiplies bytes, a bound from 8-bit factors decides first which items need an exact score.
/// Ties go to the lower index. The plain version is <see cref="TopK"/> on all inner products. O(users · items · f) at worst.</remarks>
public sealed class FactorRanking : IDisposable
{
    private readonly FactorMatrix _items;
    private readonly PackedItems? _packed;
    private readonly QuantizedItems? _quantized;

    /// <summary>Sorts and packs the items: O(items · f).</summary>
    /// <param name="items">Item factors.</param>
    public FactorRanking(FactorMatrix items)
    {
        ArgumentNullException.ThrowIfNull(items);
        _items = items;
        ItemOrder order = new(items);
        _quantized = ByteScores.IsSupported && items.Count > 0 ? new QuantizedItems(order) : null;
        _packed = _quantized is null ? new PackedItems(order) : null;
    }

    /// <summary>Takes one user's ranking; called from several threads, once for each user, in no particular order.</summary>
    /// <param name="user">The user's index.</param>
    /// <param name="ranked">Best first; only valid during the call.</param>
    public delegate void Sink(int user, ReadOnlySpan<ScoredIndex> ranked);

    /// <summary>Ranks the catalogue for all users.</summary>
    /// <param name="users">User factors, as wide as the items'.</param>
    /// <param name="excluded">What each user must not be shown, for example what they have; null for nothing.</param>
    /// <param name="k">How many items each user gets, positive; fewer when fewer are left.</param>
    /// <param name="degreeOfParallelism">How many threads; 0 for one for each processor. It changes no bit of the result.</param>
    /// <param name="sink">Takes the rankings.</param>
    /// <param name="cancellationToken">Heeded between blocks of users.</param>
    /// <exception cref="ArgumentException">Users and items differ in width, or the exclusions are of other users or items.</exception>
    public void RankAll(FactorMatrix users, InteractionMatrix? excluded, int k, int degreeOfParallelism, Sink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        Check(users, excluded);
        int degree = degreeOfParallelism == 0 ? Environment.ProcessorCount : degreeOfParallelism;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = degree, CancellationToken = cancellationToken };
        int size = _quantized is null ? PackedItems.Slab : QuantizedUsers.Block;
        Parallel.For(
            0,
            (users.Count + size - 1) / size,
            parallel,
            Ranker,
            (block, _, ranker) =>
            {
                ranker.Rank(users, excluded, block * size, sink);
                return ranker;
            },
            ranker => ranker.Dispose());

        IBlockRanker Ranker() => _quantized is not null ? new QuantizedBlockRanker(_quantized, k, ByteScores.Fastest) : RowSolvers.Ranker(_packed!, k);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _packed?.Dispose();
        _quantized?.Dispose();
    }

    private void Check(FactorMatrix users, InteractionMatrix? excluded)
    {
        if (users.Width != _items.Width)
        {
            throw new ArgumentException($"Users have {users.Width} factors, items {_items.Width}.", nameof(users));
        }

        if (excluded is not null && (excluded.UserCount != users.Count || excluded.ItemCount != _items.Count))
        {
            throw new ArgumentException("Exclusions must be of the same users and items.", nameof(excluded));
        }
    }
}
