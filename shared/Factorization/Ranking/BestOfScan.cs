using Aisle.Numerics;

namespace Aisle.Factorization.Ranking;

/// <summary>The best k of a long scan, kept in a list that is cut back when it is full: cheaper than a heap when
/// most scores fall short.</summary>
/// <param name="k">How many are wanted.</param>
internal sealed class BestOfScan(int k)
{
    private readonly ulong[] _kept = new ulong[(2 * k) + 64];
    private readonly ScoredIndex[] _ranked = new ScoredIndex[k];
    private int _count;

    /// <summary>What a score must at least be to matter; minus infinity until k were found.</summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _count = 0;
        Threshold = float.NegativeInfinity;
    }

    /// <summary>Adds a score that reaches the threshold.</summary>
    public void Add(int index, float score)
    {
        _kept[_count++] = ScoreKey.Of(index, score);
        if (_count == _kept.Length)
        {
            Cut();
        }
    }

    /// <summary>The best k, best first; valid until the next use.</summary>
    public ReadOnlySpan<ScoredIndex> Ranked()
    {
        Cut();
        _kept.AsSpan(0, _count).Sort();
        for (int rank = 0; rank < _count; rank++)
        {
            _ranked[rank] = ScoreKey.Read(_kept[rank]);
        }

        return _ranked.AsSpan(0, _count);
    }

    private void Cut()
    {
        if (_count >= k)
        {
            Selection.Smallest(_kept.AsSpan(0, _count), k);
            _count = k;
            Threshold = ScoreKey.Score(_kept[k - 1]);
        }
    }
}
