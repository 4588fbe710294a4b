using System.Collections.Concurrent;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Training;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Factorization.Scoring;
using Aisle.Feedback;

namespace Aisle.Candidates.Lists;

/// <summary>Makes the candidate lists of the shoppers that a model was trained on, in batches, so that a run can write them one after
/// the other and go on after a crash.</summary>
/// <remarks>Shoppers are scored in blocks, which read the catalogue once for 32 of them.</remarks>
public sealed class CandidateListBuilder : IDisposable
{
    private readonly TrainingSet _training;
    private readonly InteractionMatrix _purchases;
    private readonly HybridRecommender _recommender;
    private readonly Func<UserId, Cohort?> _cohortOf;
    private readonly bool[] _inStock;
    private readonly BlockProducts _factors;
    private readonly BlockProducts _embeddings;
    private readonly ConcurrentBag<HybridBlock> _spare = [];

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
        _factors = new BlockProducts(recommender.Bundle.ItemFactors);
        _embeddings = new BlockProducts(recommender.Bundle.Content.Embeddings);
    }

    /// <summary>How many shoppers get a list: all that the model was trained on.</summary>
    public int UserCount => _training.Users.Count;

    /// <summary>Makes the lists of some shoppers, in the order of their ids.</summary>
    /// <param name="firstUser">Where the batch starts, in 0 … <see cref="UserCount"/>.</param>
    /// <param name="count">How many at most, positive.</param>
    /// <param name="generatedAt">The moment, UTC; newness is counted to it.</param>
    /// <param name="cancellationToken">Heeded between blocks.</param>
    /// <remarks>Each list follows from its shopper alone, so batches, blocks and threads change nothing. What
    /// cannot be bought is not listed.</remarks>
    public IReadOnlyList<CandidateList> Build(int firstUser, int count, DateTimeOffset generatedAt, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstUser);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        CandidateList[] lists = new CandidateList[Math.Clamp(UserCount - firstUser, 0, count)];
        int blocks = (lists.Length + HybridBlock.Shoppers - 1) / HybridBlock.Shoppers;
        Parallel.For(0, blocks, new ParallelOptions { CancellationToken = cancellationToken }, block =>
        {
            int start = block * HybridBlock.Shoppers;
            int size = Math.Min(HybridBlock.Shoppers, lists.Length - start);
            Build(firstUser + start, generatedAt, lists.AsSpan(start, size));
        });
        return lists;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _factors.Dispose();
        _embeddings.Dispose();
    }

    private void Build(int firstUser, DateTimeOffset generatedAt, Span<CandidateList> lists)
    {
        HybridBlock block = _spare.TryTake(out HybridBlock? spare) ? spare : _recommender.OpenBlock(_factors, _embeddings);
        IndexedHistory[] histories = new IndexedHistory[lists.Length];
        for (int index = 0; index < lists.Length; index++)
        {
            histories[index] = HistoryOf(firstUser + index);
        }

        block.Load(histories);
        for (int index = 0; index < lists.Length; index++)
        {
            lists[index] = ListOf(block, index, _training.Users[firstUser + index], generatedAt);
        }

        _spare.Add(block);
    }

    private CandidateList ListOf(HybridBlock block, int index, UserId user, DateTimeOffset generatedAt)
    {
        Recommendation recommendation = _recommender.Recommend(
            block, index, _cohortOf(user) ?? Cohort.Everybody, _recommender.Options.ListLength, generatedAt, item => _inStock[item]);
        return new CandidateList(
            user, recommendation.Strategy,
            [.. recommendation.Items.Select(entry => new Candidate(_recommender.Bundle.Items[entry.Item], entry.Score, entry.Source))], generatedAt);
    }

    private IndexedHistory HistoryOf(int user)
    {
        int[] items = _training.Interactions.ItemsOf(user).ToArray();
        HybridOptions options = _recommender.Options;
        int[] leftOut = options.LeaveOutTouched ? items : options.LeaveOutPurchased ? _purchases.ItemsOf(user).ToArray() : [];
        return new IndexedHistory(items, _training.Interactions.WeightsOf(user).ToArray(), items.Length, leftOut);
    }
}
