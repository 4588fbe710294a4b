using System.Numerics.Tensors;

namespace Aisle.Factorization.Ranking;

/// <summary>The items of a catalogue, longest factors first: whoever cannot gain from one of them cannot gain from any later one.</summary>
internal sealed class ItemOrder
{
    /// <summary>Sorts: O(items·(f + log items)).</summary>
    public ItemOrder(FactorMatrix items)
    {
        Items = items;
        float[] lengths = [.. Enumerable.Range(0, items.Count).Select(item => TensorPrimitives.Norm(items[item]))];
        Order = [.. Enumerable.Range(0, items.Count).OrderByDescending(item => lengths[item]).ThenBy(item => item)];
        Lengths = [.. Order.Select(item => lengths[item])];
        Positions = new int[items.Count];
        for (int position = 0; position < Order.Length; position++)
        {
            Positions[Order[position]] = position;
        }
    }

    /// <summary>The factors, by item index.</summary>
    public FactorMatrix Items { get; }

    /// <summary>The item at each position.</summary>
    public int[] Order { get; }

    /// <summary>The length of the item at each position, descending.</summary>
    public float[] Lengths { get; }

    /// <summary>The position of each item.</summary>
    public int[] Positions { get; }

    /// <summary>How many items there are.</summary>
    public int Count => Order.Length;
}
