using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Factorization.Ranking;

/// <summary>Scores 8 users × 32 items in registers and notes the few scores that reach a user's threshold.</summary>
internal sealed unsafe class BlockRanker<TLanes> : IBlockRanker
    where TLanes : struct, ILanes<TLanes>
{
    private const int Slab = PackedItems.Slab;
    private const int Rows = SymmetricUpdate<TLanes>.TileRows;

    /// <summary>Rounding may lift a computed score above length · length by less than this share.</summary>
    private const float BoundSlack = 1.00001f;

    private readonly PackedItems _items;
    private readonly AlignedBuffer _users;
    private readonly AlignedBuffer _scores = new(Rows * Slab);
    private readonly BestOfScan[] _best;
    private readonly float[] _lengths = new float[Slab];

    /// <summary>Reserves scratch memory.</summary>
    /// <param name="items">The catalogue.</param>
    /// <param name="k">How many items each user gets.</param>
    public BlockRanker(PackedItems items, int k)
    {
        _items = items;
        _users = new AlignedBuffer((long)Slab * items.Width);
        _best = [.. Enumerable.Range(0, Slab).Select(_ => new BestOfScan(k))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _users.Dispose();
        _scores.Dispose();
    }

    /// <inheritdoc/>
    public void Rank(FactorMatrix users, InteractionMatrix? excluded, int firstUser, FactorRanking.Sink sink)
    {
        int count = Math.Min(Slab, users.Count - firstUser);
        Load(users, firstUser, count);
        for (int slab = 0; slab < _items.Slabs && Scan(excluded, firstUser, count, slab); slab++)
        {
        }

        for (int user = 0; user < count; user++)
        {
            sink(firstUser + user, _best[user].Ranked());
        }
    }

    private void Load(FactorMatrix users, int firstUser, int count)
    {
        new Span<float>(_users.Pointer, Slab * _items.Width).Clear();
        for (int user = 0; user < count; user++)
        {
            PackedItems.Pack(users[firstUser + user], _users.Pointer + user);
            _lengths[user] = TensorPrimitives.Norm(users[firstUser + user]) * BoundSlack;
            _best[user].Clear();
        }
    }

    /// <summary>Scores one slab for all users who may still find a better item in it; false when nobody can, nor
    /// will in later slabs.</summary>
    private bool Scan(InteractionMatrix? excluded, int firstUser, int count, int slab)
    {
        bool any = false;
        for (int row = 0; row < count; row += Rows)
        {
            int rows = Math.Min(Rows, count - row);
            if (AnyCanImprove(slab, row, rows))
            {
                any = true;
                new Span<float>(_scores.Pointer, Rows * Slab).Clear();
                SymmetricUpdate<TLanes>.Strip(_users.Pointer + row, _items.SlabAt(slab), _items.Width, Slab, Slab, _scores.Pointer, Slab, 1);
                for (int user = row; user < row + rows; user++)
                {
                    Collect(excluded, firstUser + user, slab, _best[user], _scores.Pointer + ((user - row) * Slab));
                }
            }
        }

        return any;
    }

    private bool AnyCanImprove(int slab, int row, int rows)
    {
        bool any = false;
        for (int user = row; user < row + rows; user++)
        {
            any |= _lengths[user] * _items.LongestOfSlab[slab] >= _best[user].Threshold;
        }

        return any;
    }

    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Collect(InteractionMatrix? excluded, int user, int slab, BestOfScan best, float* scores)
    {
        TLanes threshold = TLanes.Spread(best.Threshold);
        for (int lane = 0; lane < Slab; lane += TLanes.Count)
        {
            if (TLanes.AnyReaches(TLanes.Load(scores + lane), threshold))
            {
                CollectLanes(excluded, user, (slab * Slab) + lane, best, scores + lane);
            }
        }
    }

    private void CollectLanes(InteractionMatrix? excluded, int user, int position, BestOfScan best, float* scores)
    {
        int end = Math.Min(TLanes.Count, _items.Count - position);
        for (int lane = 0; lane < end; lane++)
        {
            if (scores[lane] >= best.Threshold)
            {
                int item = _items.Order[position + lane];
                if (excluded is null || excluded.ItemsOf(user).BinarySearch(item) < 0)
                {
                    best.Add(item, scores[lane]);
                }
            }
        }
    }
}
