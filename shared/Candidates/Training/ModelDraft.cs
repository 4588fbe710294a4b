using Aisle.Candidates.Storage;
using Aisle.Factorization;

namespace Aisle.Candidates.Training;

/// <summary>A model in the making: the training set and the results of the steps done so far, each of which can be kept on disk, so that a
/// run which was broken off goes on where it stopped.</summary>
/// <remarks>Unlike a bundle it names shoppers; it belongs into the run's own folder and is deleted with it. Not
/// safe for several threads.</remarks>
public sealed class ModelDraft
{
    private readonly HashSet<string> _changed = [];

    /// <summary>Starts with nothing but the training set.</summary>
    public ModelDraft(TrainingSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        Training = training;
        _changed.Add(nameof(Training));
    }

    /// <summary>What it is trained on.</summary>
    public TrainingSet Training { get; }

    /// <summary>User and item factors; null until trained.</summary>
    public FactorModel? Factors { get; private set; }

    /// <summary>Content embeddings; null until made.</summary>
    public FactorMatrix? Embeddings { get; private set; }

    /// <summary>Item factors in which new products have inherited theirs; null until placed.</summary>
    public FactorMatrix? PlacedFactors { get; private set; }

    /// <summary>Popularity and trends; null until counted.</summary>
    public PopularityRanking? Popularity { get; private set; }

    /// <summary>What goes together; null until found.</summary>
    public ItemGroups? Groups { get; private set; }

    /// <summary>Recent visits and intervals of re-ordering; null until found.</summary>
    public ShopHabits? Habits { get; private set; }

    /// <summary>Keeps all results that changed since the last save.</summary>
    /// <param name="folder">The run's folder, made when it does not exist.</param>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        DraftFiles.Save(this, _changed, folder);
        _changed.Clear();
    }

    /// <summary>Goes on with what a folder holds.</summary>
    /// <returns>Null when not even the training set is there.</returns>
    /// <exception cref="InvalidDataException">A file is damaged; the message names it.</exception>
    public static ModelDraft? Load(string folder)
    {
        ModelDraft? draft = DraftFiles.Load(folder);
        draft?._changed.Clear();
        return draft;
    }

    internal void Set(FactorModel factors) => (Factors, _) = (factors, _changed.Add(nameof(Factors)));

    internal void SetEmbeddings(FactorMatrix embeddings) => (Embeddings, _) = (embeddings, _changed.Add(nameof(Embeddings)));

    internal void SetPlacedFactors(FactorMatrix factors) => (PlacedFactors, _) = (factors, _changed.Add(nameof(PlacedFactors)));

    internal void Set(PopularityRanking popularity) => (Popularity, _) = (popularity, _changed.Add(nameof(Popularity)));

    internal void Set(ShopHabits habits) => (Habits, _) = (habits, _changed.Add(nameof(Habits)));

    internal void Set(ItemGroups groups) => (Groups, _) = (groups, _changed.Add(nameof(Groups)));
}
