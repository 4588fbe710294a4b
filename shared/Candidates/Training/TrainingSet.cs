using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Feedback;

namespace Aisle.Candidates.Training;

/// <summary>What a model is trained on: the catalogue, and who touched what how strongly up to a moment.</summary>
public sealed record TrainingSet
{
    /// <summary>The moment: windows and decay were counted to it, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The newest interaction, UTC; <see cref="AsOf"/> when there is none.</summary>
    public required DateTimeOffset NewestEventAt { get; init; }

    /// <summary>The catalogue, ordered by id.</summary>
    public required IReadOnlyList<Product> Products { get; init; }

    /// <summary>Product ids and their indexes.</summary>
    public required Vocabulary<ProductId> Items { get; init; }

    /// <summary>Shoppers and their indexes.</summary>
    public required Vocabulary<UserId> Users { get; init; }

    /// <summary>Users × items.</summary>
    public required InteractionMatrix Interactions { get; init; }

    /// <summary>Shoppers of each item whose last interaction with it lies in the trend window.</summary>
    public required IReadOnlyList<int> RecentShoppers { get; init; }

    /// <summary>Shoppers of each item whose last interaction with it lies before the trend window.</summary>
    public required IReadOnlyList<int> EarlierShoppers { get; init; }

    /// <summary>Rows that were left out because the catalogue does not have their product.</summary>
    public required long UnknownProductRows { get; init; }

    /// <summary>Rows that were left out because their score was not positive and finite.</summary>
    public required long UselessRows { get; init; }
}
