using Aisle.Feedback;

namespace Aisle.Factorization.Ranking;

/// <summary>Finds by 8-bit products which items may be among a user's best, and scores only those exactly: the
/// ranking is that of the exact scores.</summary>
/// <remarks>Its plain twin is <see cref="BlockRanker{TLanes}"/>, which scores everything exactly.</remarks>
internal sealed unsafe class QuantizedBlockRanker : IBlockRanker
{
    private const int Block = QuantizedUsers.Block;
    private const int Panel = QuantizedItems.Panel;
    private const int Tile = QuantizedItems.Tile;

    private const int Group = ByteScores.Users;

    private readonly QuantizedItems _items;
    private readonly ByteScores.Kernel _compare;
    private readonly QuantizedUsers _users;
    private readonly SeenItems _seen;
    private readonly ExactRanks _ranks;
    private readonly ShortList[] _lists;
    private readonly int[] _open = new int[Block + Group];

    /// <summary>Reserves scratch memory.</summary>
    /// <param name="items">The catalogue.</param>
    /// <param name="k">How many items each user gets.</param>
    /// <param name="compare">The kernel.</param>
    public QuantizedBlockRanker(QuantizedItems items, int k, ByteScores.Kernel compare)
    {
        _compare = compare;
        _items = items;
        _users = new QuantizedUsers(items);
        _seen = new SeenItems(items.Order, Block);
        _ranks = new ExactRanks(items, k);
        _lists = [.. Enumerable.Range(0, Block).Select(_ => new ShortList(k))];
    }

    /// <inheritdoc/>
    public void Dispose() => _users.Dispose();

    /// <inheritdoc/>
    public void Rank(FactorMatrix users, InteractionMatrix? excluded, int firstUser, FactorRanking.Sink sink)
    {
        int count = Math.Min(Block, users.Count - firstUser);
        Load(users, excluded, firstUser, count);
        for (int panel = 0; panel < _items.Panels && _users.RaiseBars(panel); panel++)
        {
            Scan(panel, Open());
        }

        for (int user = 0; user < count; user++)
        {
            _lists[user].Cut();
            sink(firstUser + user, _users.IsZero(user) ? _ranks.First(_seen, user) : _ranks.Of(_users.ExactOf(user), _lists[user]));
            _seen.Unmark(excluded, firstUser + user, user);
        }
    }

    private void Load(FactorMatrix users, InteractionMatrix? excluded, int firstUser, int count)
    {
        _users.Clear();
        for (int user = 0; user < count; user++)
        {
            _users.Load(user, users[firstUser + user]);
            _lists[user].Clear();
            _seen.Mark(excluded, firstUser + user, user);
        }
    }

    /// <summary>Collects the users who are not finished, filled up to whole groups with nobody.</summary>
    /// <returns>How many there are.</returns>
    private int Open()
    {
        int count = 0;
        for (int user = 0; user < Block; user++)
        {
            _open[count] = user;
            count += _users.Bars[user] == int.MaxValue ? 0 : 1;
        }

        int whole = (count + Group - 1) / Group * Group;
        Array.Fill(_open, QuantizedUsers.Nobody, count, whole - count);
        return whole;
    }

    private void Scan(int panel, int open)
    {
        int tiles = (Math.Min(Panel, _items.Order.Count - (panel * Panel)) + Tile - 1) / Tile;
        int** users = stackalloc int*[Group];
        int* bars = stackalloc int[Group];
        for (int first = 0; first < open; first += Group)
        {
            ReadOnlySpan<int> group = _open.AsSpan(first, Group);
            for (int member = 0; member < Group; member++)
            {
                users[member] = _users.FoursOf(group[member]);
                bars[member] = _users.Bars[group[member]];
            }

            Find(panel, tiles, group, users, bars);
        }
    }

    private void Find(int panel, int tiles, ReadOnlySpan<int> group, int** users, int* bars)
    {
        int* scores = stackalloc int[Group * Tile];
        uint* reaching = stackalloc uint[Group];
        byte* bytes = _items.PanelAt(panel);
        int fours = _items.Fours;
        for (int tile = 0; ; tile++)
        {
            tile += _compare(bytes + (tile * Tile * 4 * fours), tiles - tile, users, bars, fours, scores, reaching);
            if (tile >= tiles)
            {
                return;
            }

            Note(panel, (panel * Panel) + (tile * Tile), group, scores, reaching);
        }
    }

    /// <summary>Adds what reached its bar to the users' short lists.</summary>
    private void Note(int panel, int position, ReadOnlySpan<int> group, int* scores, uint* reaching)
    {
        int left = _items.Order.Count - position;
        uint within = left >= Tile ? uint.MaxValue : (1u << left) - 1;
        for (int member = 0; member < Group; member++)
        {
            if (reaching[member] != 0)
            {
                int user = group[member];
                ShortList list = _lists[user];
                list.Add(reaching[member] & within & ~_seen.TileOf(user, position), scores + (member * Tile), _users.StepOf(user, panel), _users.ErrorOf(user, panel), position);
                if (list.IsFull)
                {
                    list.Cut();
                    _users.Thresholds[user] = list.Threshold;
                }
            }
        }
    }
}
