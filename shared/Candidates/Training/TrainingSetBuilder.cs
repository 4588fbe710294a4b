using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Feedback;

namespace Aisle.Candidates.Training;

/// <summary>Collects the rows of <c>user_item_scores</c> into a training set; the order of rows and of products leaves no trace.</summary>
public sealed class TrainingSetBuilder
{
    private readonly Product[] _products;
    private readonly Vocabulary<ProductId> _items;
    private readonly DateTimeOffset _asOf;
    private readonly DateTimeOffset _trendStart;
    private readonly Dictionary<UserId, int> _users = [];
    private readonly List<(int User, int Item, float Weight)> _rows = [];
    private readonly int[] _recent;
    private readonly int[] _earlier;
    private DateTimeOffset? _newest;
    private long _unknown;
    private long _useless;

    /// <summary>Starts a set over a catalogue.</summary>
    /// <param name="products">The catalogue, no id twice.</param>
    /// <param name="recipe">What says how long "recent" is.</param>
    /// <param name="asOf">The moment that the rows were read as of.</param>
    /// <exception cref="ArgumentException">A product comes twice.</exception>
    public TrainingSetBuilder(IEnumerable<Product> products, ModelRecipe recipe, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(products);
        ArgumentNullException.ThrowIfNull(recipe);
        _products = [.. products.OrderBy(product => product.Id)];
        _items = Vocabulary<ProductId>.FromSorted([.. _products.Select(product => product.Id)]);
        _asOf = asOf;
        _trendStart = asOf - recipe.Popularity.TrendWindow;
        _recent = new int[_products.Length];
        _earlier = new int[_products.Length];
    }

    /// <summary>Adds one shopper's feedback on one product; each pair comes once.</summary>
    /// <remarks>A row whose product the catalogue does not have, or whose score is not positive and finite, is
    /// counted and left out.</remarks>
    public void Add(UserId user, ProductId product, double score, DateTimeOffset lastInteractionAt)
    {
        if (!double.IsFinite(score) || score <= 0 || (float)score is 0 or float.PositiveInfinity)
        {
            _useless++;
            return;
        }

        if (!_items.TryGetIndex(product, out int item))
        {
            _unknown++;
            return;
        }

        if (!_users.TryGetValue(user, out int number))
        {
            _users[user] = number = _users.Count;
        }

        _rows.Add((number, item, (float)score));
        (lastInteractionAt >= _trendStart ? _recent : _earlier)[item]++;
        _newest = _newest > lastInteractionAt ? _newest : lastInteractionAt;
    }

    /// <summary>Makes the set of all rows added so far.</summary>
    public TrainingSet Build()
    {
        Vocabulary<UserId> users = Vocabulary<UserId>.FromDistinct(_users.Keys);
        int[] indexes = new int[users.Count];
        foreach ((UserId user, int number) in _users)
        {
            users.TryGetIndex(user, out indexes[number]);
        }

        InteractionMatrixBuilder matrix = new(users.Count, _items.Count);
        foreach ((int user, int item, float weight) in _rows)
        {
            matrix.Add(indexes[user], item, weight);
        }

        return new TrainingSet
        {
            AsOf = _asOf,
            NewestEventAt = _newest ?? _asOf,
            Products = _products,
            Items = _items,
            Users = users,
            Interactions = matrix.Build(),
            RecentShoppers = [.. _recent],
            EarlierShoppers = [.. _earlier],
            UnknownProductRows = _unknown,
            UselessRows = _useless,
        };
    }
}
