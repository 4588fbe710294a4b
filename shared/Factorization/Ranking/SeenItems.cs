using Aisle.Feedback;

namespace Aisle.Factorization.Ranking;

/// <summary>For each user of a block a bit for each item of the catalogue, in its order: whether the user must not be shown it.</summary>
/// <param name="order">The catalogue.</param>
/// <param name="users">How many users there are in a block.</param>
internal sealed class SeenItems(ItemOrder order, int users)
{
    private readonly int _words = (order.Count + 31) / 32;
    private readonly uint[] _bits = new uint[users * ((order.Count + 31) / 32)];

    /// <summary>The bits of a tile, from a position on.</summary>
    /// <param name="member">Which user of the block.</param>
    /// <param name="position">A multiple of 32.</param>
    public uint TileOf(int member, int position) => _bits[(member * _words) + (position / 32)];

    /// <summary>Whether the user must not be shown the item at a position.</summary>
    public bool Has(int member, int position) => (TileOf(member, position) >> (position % 32) & 1) != 0;

    /// <summary>Sets a user's bits.</summary>
    /// <param name="excluded">What users must not be shown, or null.</param>
    /// <param name="user">The user's index there.</param>
    /// <param name="member">Which user of the block.</param>
    public void Mark(InteractionMatrix? excluded, int user, int member)
    {
        foreach (int item in ItemsOf(excluded, user))
        {
            int position = order.Positions[item];
            _bits[(member * _words) + (position / 32)] |= 1u << (position % 32);
        }
    }

    /// <summary>Clears what <see cref="Mark"/> set.</summary>
    public void Unmark(InteractionMatrix? excluded, int user, int member)
    {
        foreach (int item in ItemsOf(excluded, user))
        {
            _bits[(member * _words) + (order.Positions[item] / 32)] = 0;
        }
    }

    private static ReadOnlySpan<int> ItemsOf(InteractionMatrix? excluded, int user) => excluded is null ? default : excluded.ItemsOf(user);
}
