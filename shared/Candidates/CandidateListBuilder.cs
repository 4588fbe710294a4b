using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Feedback;

namespace Aisle.Candidates;

/// <summary>Makes the candidate lists of the shoppers that a model was trained on, in batches, so that a run can write them one after the other and go on after a crash.</summary>
public sealed class CandidateListBuilder
{
    private readonly TrainingSet _training;
    private readonly InteractionMatrix _purchases;
    private readonly HybridRecommender _recommender;
    private readonly Func<UserId, Cohort?> _cohortOf;
    private readonly bool[] _inStock;

    /// <summary>Prepares what all shoppers share.</summary>
    /// <param name="draft">The finished draft of the model: it knows the shoppers.</param>
    /// <param name="recommender">Over the model.</param>
    /// <param name="cohortOf">What is known about a shopper; null is nothing.</param>
    public CandidateListBuilder(ModelDraft draft, HybridRecommender recommender, Func<UserId, Cohort?> cohortOf)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(recommender);
        ArgumentNullException.ThrowIfNull(cohortOf);
        _training = draft.Training;
        _purchases = draft.Groups?.Purchases ?? throw new ArgumentException("The draft is not finished.", nameof(draft));
        _recommender = recommender;
        _cohortOf = cohortOf;
        _inStock = [.. recommender.Bundle.Products.Select(product => product.InStock)];
    }

    /// <summary>How many shoppers get a list: all that the model was trained on.</summary>
    public int UserCount => _training.Users.Count;

    /// <summary>Makes the lists of some shoppers, in the order of their ids.</summary>
    /// <param name="firstUser">Where the batch starts, in 0 … <see cref="UserCount"/>.</param>
    /// <param name="count">How many at most, positive.</param>
    /// <param name="generatedAt">The moment, UTC; newness is counted to it.</param>
    /// <param name="cancellationToken">Heeded between shoppers.</param>
    /// <remarks>Each list follows from its shopper alone, so batches and threads change nothing. What cannot be bought is not listed.</remarks>
    public IReadOnlyList<CandidateList> Build(int firstUser, int count, DateTimeOffset generatedAt, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstUser);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        CandidateList[] lists = new CandidateList[Math.Clamp(UserCount - firstUser, 0, count)];
        Parallel.For(0, lists.Length, new ParallelOptions { CancellationToken = cancellationToken }, index =>
            lists[index] = ListOf(firstUser + index, generatedAt));
        return lists;
    }

    private CandidateList ListOf(int user, DateTimeOffset generatedAt)
    {
        ModelBundle bundle = _recommender.Bundle;
        Recommendation recommendation = _recommender.Recommend(
            HistoryOf(user), _cohortOf(_training.Users[user]) ?? Cohort.Everybody, _recommender.Options.ListLength, generatedAt,
            item => _inStock[item]);
        return new CandidateList(
            _training.Users[user], recommendation.Strategy,
            [.. recommendation.Items.Select(entry => new Candidate(bundle.Items[entry.Item], entry.Score, entry.Source))], generatedAt);
    }

    private IndexedHistory HistoryOf(int user)
    {
        int[] items = _training.Interactions.ItemsOf(user).ToArray();
        HybridOptions options = _recommender.Options;
        int[] leftOut = options.LeaveOutTouched ? items : options.LeaveOutPurchased ? _purchases.ItemsOf(user).ToArray() : [];
        return new IndexedHistory(items, _training.Interactions.WeightsOf(user).ToArray(), items.Length, leftOut);
    }
}
