using Aisle.Candidates.Hybrid;
using Aisle.Candidates.ItemToItem;
using Aisle.Candidates.Neighbours;
using Aisle.ColdStart;
using Aisle.Content;
using Aisle.Events;
using Aisle.Factorization;
using Aisle.Feedback;

namespace Aisle.Candidates.Training;

/// <summary>Makes a model of a training set, step by step; each step puts its result into the draft, so that a run can
/// keep it and go on after a crash.</summary>
/// <remarks>Steps in order: <see cref="TrainFactors"/>, <see cref="EmbedContent"/>, <see cref="PlaceNewProducts"/>,
/// <see cref="RankPopularity"/>, <see cref="FindNeighbours"/>, <see cref="Finish"/>; then a candidate list builder makes the lists. Data,
/// recipe and seed determine every byte of the bundle.</remarks>
/// <param name="recipe">All options.</param>
public sealed class ModelBundleTrainer(ModelRecipe recipe)
{
    /// <summary>The recipe it follows.</summary>
    public ModelRecipe Recipe { get; } = Checked(recipe);

    /// <summary>Trains user and item factors.</summary>
    /// <param name="draft">Receives them.</param>
    /// <param name="progress">Told the finished fraction in (0, 1], or null.</param>
    /// <param name="cancellationToken">Heeded within a half-step.</param>
    /// <exception cref="ArgumentException">There is no interaction to learn from.</exception>
    public void TrainFactors(ModelDraft draft, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        draft.Set(new IalsTrainer(Recipe.Factors).Fit(draft.Training.Interactions, progress, cancellationToken));
    }

    /// <summary>Takes over the item factors of a model that was trained before; no shopper has factors, and products that
    /// it does not know have zero rows.</summary>
    /// <param name="draft">Receives them.</param>
    /// <param name="trained">The model.</param>
    public static void TakeFactors(ModelDraft draft, ModelBundle trained)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(trained);
        FactorMatrix items = new(draft.Training.Items.Count, trained.ItemFactors.Width);
        for (int item = 0; item < items.Count; item++)
        {
            if (trained.Items.TryGetIndex(draft.Training.Items[item], out int known))
            {
                trained.ItemFactors[known].CopyTo(items.Row(item));
            }
        }

        draft.Set(new FactorModel(new FactorMatrix(0, items.Width), items, trained.Factorization));
    }

    /// <summary>Embeds what products say.</summary>
    public void EmbedContent(ModelDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        draft.SetEmbeddings(ContentModel.Fit(draft.Training.Products, Recipe.Content, cancellationToken).Embeddings);
    }

    /// <summary>Lets products that nobody touched inherit factors. Needs factors and embeddings.</summary>
    public void PlaceNewProducts(ModelDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        TrainingSet training = draft.Training;
        FactorMatrix factors = Needed(draft.Factors, nameof(TrainFactors)).Items;
        int[] shoppers = [.. Enumerable.Range(0, training.Items.Count).Select(item =>
            factors[item].ContainsAnyExcept(0f) ? training.RecentShoppers[item] + training.EarlierShoppers[item] : 0)];
        draft.SetPlacedFactors(NewProductPlacement.Place(
            factors, Needed(draft.Embeddings, nameof(EmbedContent)), shoppers, Recipe.Hybrid.NewProducts, cancellationToken));
    }

    /// <summary>Counts popularity in the shop and its cohorts, and finds what trends.</summary>
    /// <param name="draft">Receives them.</param>
    /// <param name="cohortOf">What is known about a shopper; null is nothing.</param>
    public void RankPopularity(ModelDraft draft, Func<UserId, Cohort?> cohortOf)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(cohortOf);
        TrainingSet training = draft.Training;
        draft.Set(new PopularityRanking(
            PopularityCounter.Count(training.Interactions, [.. training.Users.Ids.Select(cohortOf)], Recipe.Popularity),
            Trending.Rank(training.RecentShoppers, training.EarlierShoppers, Recipe.Popularity)));
    }

    /// <summary>Finds what goes together.</summary>
    /// <param name="draft">Receives it.</param>
    /// <param name="orderLines">The purchases of the window, in any order; those of unknown products are left out.</param>
    /// <param name="cancellationToken">Heeded between items.</param>
    public void FindNeighbours(ModelDraft draft, IEnumerable<OrderLine> orderLines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(orderLines);
        NeighbourOptions options = Recipe.Neighbours;
        PurchaseTable purchases = PurchaseTable.From(orderLines, draft.Training, options.MaxItemsPerOrder);
        InteractionMatrix strongest = StrongestItems.Of(draft.Training.Interactions, options.MaxItemsPerUser);
        draft.Set(new ItemGroups(
            CoOccurrence.Find(strongest, options.Length, options.Shrinkage, minShared: 2, cancellationToken),
            CoOccurrence.Find(purchases.ByOrder, options.Length, options.Shrinkage, options.MinSharedOrders, cancellationToken),
            purchases.ByUser,
            StrongestItems.Of(draft.Training.Interactions, options.MaxItemsPerNeighbour),
            new Rp3BetaTrainer(Recipe.Walks).Walks(strongest, cancellationToken)));
    }

    /// <summary>Takes over what was found about visits and re-orders; without it a model serves as well, but knows neither.</summary>
    public static void TakeHabits(ModelDraft draft, ShopHabits habits)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(habits);
        draft.Set(habits);
    }

    /// <summary>Puts the steps' results together. Needs all of them but the habits.</summary>
    /// <param name="draft">A draft on which every step was done.</param>
    /// <param name="version">The model's name.</param>
    /// <param name="trainedAt">When the training run was begun, UTC.</param>
    /// <exception cref="InvalidOperationException">A step was not done; the message names it.</exception>
    public ModelBundle Finish(ModelDraft draft, string version, DateTimeOffset trainedAt)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        PopularityRanking popularity = Needed(draft.Popularity, nameof(RankPopularity));
        ItemGroups groups = Needed(draft.Groups, nameof(FindNeighbours));
        return new ModelBundle
        {
            Version = version,
            AsOf = draft.Training.AsOf,
            NewestEventAt = draft.Training.NewestEventAt,
            TrainedAt = trainedAt,
            Products = draft.Training.Products,
            Items = draft.Training.Items,
            ItemFactors = Needed(draft.PlacedFactors, nameof(PlaceNewProducts)),
            Factorization = Needed(draft.Factors, nameof(TrainFactors)).Options,
            Feedback = Recipe.Feedback,
            Learnt = Recipe.WeightsAreLearnt ? HybridWeights.Of(Recipe.Hybrid) : null,
            Content = new ContentModel(Needed(draft.Embeddings, nameof(EmbedContent))),
            Popularity = popularity.Table,
            Trending = popularity.Trending,
            TouchedTogether = groups.TouchedTogether,
            BoughtTogether = groups.BoughtTogether,
            Walks = groups.Walks,
            Neighbours = groups.Neighbours,
            NeighboursByItem = groups.Neighbours.Transpose(),
            Habits = draft.Habits ?? ShopHabits.None,
        };
    }

    private static ModelRecipe Checked(ModelRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        recipe.Factors.Validate();
        recipe.Content.Validate();
        recipe.Hybrid.Validate();
        return recipe;
    }

    private static T Needed<T>(T? result, string step)
        where T : class => result ?? throw new InvalidOperationException($"The step {step} has to be done first.");
}
