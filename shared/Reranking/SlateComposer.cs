using Aisle.Factorization;
using Aisle.Factorization.Scoring;
using Aisle.Numerics;

namespace Aisle.Reranking;

/// <summary>Lays out a slate: pins, then the policy, then back-fill, then exploration. Filters and scores come before it.</summary>
/// <remarks>Holds always: no product twice; only products that were handed in; as many positions as asked for if that many
/// different products were handed in as candidates, pins or back-fill. All but the exploration draws follows from the
/// input, so each propensity is exact.</remarks>
/// <param name="embeddings">Content embeddings of all items: unit rows or zero.</param>
/// <param name="rounded">The same rounded to 8 bits, by which marginal relevance is then judged; null for the exact ones.</param>
public sealed class SlateComposer(FactorMatrix embeddings, QuantizedRows? rounded)
{
    /// <summary>Composes by exact cosines.</summary>
    /// <param name="embeddings">Content embeddings of all items: unit rows or zero.</param>
    public SlateComposer(FactorMatrix embeddings)
        : this(embeddings, rounded: null)
    {
    }

    /// <summary>Composes one slate.</summary>
    /// <param name="input">What it is made of.</param>
    /// <param name="options">How.</param>
    /// <param name="random">The request's chance.</param>
    /// <returns>The positions in order; fewer than asked for only when there are not enough products.</returns>
    public IReadOnlyList<ComposedItem> Compose(SlateInput input, ComposeOptions options, SeededRandom random) => Compose(input, options, random, steps: null);

    /// <summary>The same, telling each step.</summary>
    /// <param name="input">What it is made of.</param>
    /// <param name="options">How.</param>
    /// <param name="random">The request's chance.</param>
    /// <param name="steps">Receives the slate as it was after each step; null when nobody wants to know. It changes nothing.</param>
    /// <returns>The positions in order.</returns>
    public IReadOnlyList<ComposedItem> Compose(SlateInput input, ComposeOptions options, SeededRandom random, ICollection<CompositionStep>? steps)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(input.Limit, nameof(input));
        options.Validate();
        SlateBoard board = new(input.Limit, options.Caps);
        board.Pin(input.Pins);
        steps?.Add(new CompositionStep("pins", board.Items()));
        if (options.Policy == SlatePolicy.Slots)
        {
            SlotPolicy.Fill(board, input);
        }
        else
        {
            FillByRelevance(board, input.Candidates, options);
        }

        steps?.Add(new CompositionStep("policy", board.Items()));
        for (int pass = 0; pass < 2 && board.OpenCount > 0; pass++)
        {
            board.FillUp(input.Candidates, SlotKind.Ranked, relaxed: pass == 1);
            board.FillUp(input.BackFill, SlotKind.BackFill, relaxed: pass == 1);
        }

        steps?.Add(new CompositionStep("back_fill", board.Items()));
        if (!options.Floors.IsNone)
        {
            new FloorKeeper(board, options.Floors).Keep(input);
            steps?.Add(new CompositionStep("floors", board.Items()));
        }

        ComposedItem[] slate = Explore(board, input, options, random);
        steps?.Add(new CompositionStep("exploration", [.. slate.Select(item => (int?)item.Item)]));
        return slate;
    }

    private static ComposedItem[] Explore(SlateBoard board, SlateInput input, ComposeOptions options, SeededRandom random)
    {
        ComposedItem[] slate = board.Close();
        double[] chances = Chances(board, slate, options);
        PoolEntry[] pool = chances.AsSpan().ContainsAnyExcept(0.0) ? PoolBeside(board, input) : [];
        return Explore(slate, chances, pool, random);
    }

    private void FillByRelevance(SlateBoard board, IReadOnlyList<SlateCandidate> candidates, ComposeOptions options)
    {
        SlateCandidate[] free = board.Free(candidates);
        int[] selected = new int[Math.Min(options.Caps.IsNone ? board.OpenCount : free.Length, free.Length)];
        Rank(free, options, selected);
        foreach (int position in selected)
        {
            if (board.OpenCount > 0 && board.Takes(free[position]))
            {
                board.Add(free[position], SlotKind.Ranked);
            }
        }
    }

    private void Rank(SlateCandidate[] free, ComposeOptions options, int[] selected)
    {
        int[] items = new int[free.Length];
        float[] relevance = new float[free.Length];
        for (int index = 0; index < free.Length; index++)
        {
            items[index] = free[index].Item;
            relevance[index] = free[index].Score;
        }

        if (options.Policy == SlatePolicy.Determinantal)
        {
            float[] scratch = new float[DeterminantalPointProcess.ScratchLength(free.Length, selected.Length)];
            DeterminantalPointProcess.Select(items, relevance, embeddings, options.Lambda, selected, scratch);
        }
        else if (rounded is not null)
        {
            MaximalMarginalRelevance.Select(items, relevance, rounded, options.Lambda, selected, new float[2 * free.Length]);
        }
        else
        {
            MaximalMarginalRelevance.Select(items, relevance, embeddings, options.Lambda, selected, new float[2 * free.Length]);
        }
    }

    private static ComposedItem[] Explore(ComposedItem[] slate, double[] chances, PoolEntry[] pool, SeededRandom random)
    {
        double[] weights = new double[pool.Length];
        for (int entry = 0; entry < pool.Length; entry++)
        {
            weights[entry] = pool[entry].Weight;
        }

        ExplorationDraw[] draws = ExplorationPolicy.Draw(chances, weights, random);
        for (int position = 0; position < slate.Length; position++)
        {
            ExplorationDraw draw = draws[position];
            SlotKind kind = slate[position].Slot == SlotKind.Exploration ? SlotKind.Ranked : slate[position].Slot;
            slate[position] = draw.PoolIndex is { } drawn
                ? new ComposedItem(pool[drawn].Candidate.Item, pool[drawn].Candidate.Score, SlotKind.Exploration, draw.Propensity)
                : slate[position] with { Slot = kind, Propensity = draw.Propensity };
        }

        return slate;
    }

    /// <summary>ε of each position; 0 where a floor is about what stands there.</summary>
    private static double[] Chances(SlateBoard board, ComposedItem[] slate, ComposeOptions options)
    {
        double[] chances = new double[slate.Length];
        int filled = 0;
        for (int position = 0; position < board.Length; position++)
        {
            if (board.At(position) is { } shown)
            {
                chances[filled] = !options.Floors.IsNone && options.Floors.AsksFor(shown) ? 0 : Chance(slate[filled].Slot, options);
                filled++;
            }
        }

        return chances;
    }

    /// <summary>Under the slot policy only the slot for new products explores; under the others, each position
    /// that the re-ranker filled.</summary>
    private static double Chance(SlotKind slot, ComposeOptions options) => (options.Policy, slot) switch
    {
        (SlatePolicy.Slots, SlotKind.Exploration) => options.Epsilon > 0 ? 1 : 0,
        (SlatePolicy.MarginalRelevance or SlatePolicy.Determinantal, SlotKind.Ranked) => options.Epsilon,
        _ => 0,
    };

    /// <summary>What exploration may draw beside what is shown: of the pool, or, when nothing of it is left, of
    /// the candidates without a position.</summary>
    private static PoolEntry[] PoolBeside(SlateBoard board, SlateInput input) => board.Drawable(input.ExplorationPool) is { Length: > 0 } pool
        ? pool
        : board.Drawable([.. input.Candidates.Select(candidate => new PoolEntry(candidate, 1))]);
}
