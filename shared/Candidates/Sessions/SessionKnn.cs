using System.Collections.Concurrent;

namespace Aisle.Candidates.Sessions;

/// <summary>Recommends the next items of a running session from the most similar of recent sessions. Immutable,
/// safe for several threads.</summary>
/// <remarks>V-SKNN: Ludewig and Jannach (2018), "Evaluation of session-based recommendation algorithms". Sessions are kept in order of
/// time, so that "most recent" and ties follow from the index.</remarks>
public sealed class SessionKnn
{
    private const double Unseen = -1;

    private readonly int[][] _itemsOfSession;
    private readonly int[][] _sessionsOfItem;
    private readonly double[] _rarity;
    private readonly SessionKnnOptions _options;
    private readonly ConcurrentBag<double[]> _spare = [];

    private SessionKnn(int[][] itemsOfSession, int[][] sessionsOfItem, double[] rarity, SessionKnnOptions options)
    {
        _itemsOfSession = itemsOfSession;
        _sessionsOfItem = sessionsOfItem;
        _rarity = rarity;
        _options = options;
    }

    /// <summary>How many items there are.</summary>
    public int ItemCount => _sessionsOfItem.Length;

    /// <summary>Indexes past sessions.</summary>
    /// <param name="sessions">In any order; sessions that ended at the same moment keep theirs.</param>
    /// <param name="itemCount">How many items there are.</param>
    /// <param name="options">How neighbours are found and vote.</param>
    /// <exception cref="ArgumentException">There is no session.</exception>
    public static SessionKnn Fit(IReadOnlyList<SessionClicks> sessions, int itemCount, SessionKnnOptions options)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        ArgumentNullException.ThrowIfNull(options);
        if (sessions.Count == 0)
        {
            throw new ArgumentException("There is no session to learn from.", nameof(sessions));
        }

        SessionClicks[] ordered = [.. sessions.OrderBy(session => session.EndedAt)];
        int[][] itemsOfSession = [.. ordered.Select(session => session.Items.Distinct().Order().ToArray())];
        List<int>[] sessionsOfItem = [.. Enumerable.Range(0, itemCount).Select(_ => new List<int>())];
        for (int session = 0; session < itemsOfSession.Length; session++)
        {
            foreach (int item in itemsOfSession[session])
            {
                sessionsOfItem[item].Add(session);
            }
        }

        return new SessionKnn(itemsOfSession, [.. sessionsOfItem.Select(list => list.ToArray())], SessionWeights.Rarity(ordered, itemCount), options);
    }

    /// <summary>Scores all items as the next of a session.</summary>
    /// <param name="clicks">The session's items in order, repeats included; unknown ones must be left out. Empty gives zero scores.</param>
    /// <param name="scores">One for each item; zero for an item that no neighbour touched.</param>
    /// <remarks>O(clicks · sample + neighbours · their length + items).</remarks>
    public void Score(ReadOnlySpan<int> clicks, Span<double> scores)
    {
        scores.Clear();
        Dictionary<int, int> lastPositions = [];
        for (int position = 0; position < clicks.Length; position++)
        {
            lastPositions[clicks[position]] = position;
        }

        foreach ((int session, double similarity) in Nearest(lastPositions, clicks.Length))
        {
            Vote(session, similarity, lastPositions, clicks.Length, scores);
        }
    }

    /// <summary>How many past sessions share an item with these clicks.</summary>
    public int CandidateSessions(ReadOnlySpan<int> clicks)
    {
        HashSet<int> sessions = [];
        foreach (int item in clicks)
        {
            sessions.UnionWith(_sessionsOfItem[item]);
        }

        return sessions.Count;
    }

    private (int Session, double Similarity)[] Nearest(Dictionary<int, int> lastPositions, int length)
    {
        double[] overlaps = Scratch();
        List<int> sharing = Overlap(lastPositions, length, overlaps);
        int[] sample = [.. sharing];
        if (sample.Length > _options.SampleSize)
        {
            Array.Sort(sample, (left, right) => right.CompareTo(left));
            sample = sample[.._options.SampleSize];
        }

        (int Session, double Similarity)[] similar = [.. sample.Where(session => overlaps[session] > 0).Select(session => (session, overlaps[session]))];
        Array.Sort(similar, (left, right) => left.Similarity != right.Similarity ? right.Similarity.CompareTo(left.Similarity) : right.Session.CompareTo(left.Session));
        foreach (int session in sharing)
        {
            overlaps[session] = Unseen;
        }

        _spare.Add(overlaps);
        return similar[..Math.Min(_options.Neighbours, similar.Length)];
    }

    /// <summary>Sums up what each session has in common with the clicks.</summary>
    /// <returns>The sessions that share an item, each once.</returns>
    private List<int> Overlap(Dictionary<int, int> lastPositions, int length, double[] overlaps)
    {
        List<int> sharing = [];
        foreach ((int item, int position) in lastPositions)
        {
            double weight = SessionWeights.OfClick(_options.SimilarityDecay, position + 1, length) / lastPositions.Count;
            foreach (int session in Newest(_sessionsOfItem[item]))
            {
                if (overlaps[session] == Unseen)
                {
                    overlaps[session] = 0;
                    sharing.Add(session);
                }

                overlaps[session] += weight;
            }
        }

        return sharing;
    }

    /// <summary>The sessions of an item that can be among the sample: whatever is newest of all is newest of its items' own.</summary>
    private ReadOnlySpan<int> Newest(int[] sessions) => sessions.AsSpan(Math.Max(0, sessions.Length - _options.SampleSize));

    private double[] Scratch()
    {
        if (_spare.TryTake(out double[]? spare))
        {
            return spare;
        }

        double[] made = new double[_itemsOfSession.Length];
        Array.Fill(made, Unseen);
        return made;
    }

    private void Vote(int session, double similarity, Dictionary<int, int> lastPositions, int length, Span<double> scores)
    {
        int newest = -1;
        foreach (int item in _itemsOfSession[session])
        {
            newest = lastPositions.TryGetValue(item, out int position) ? Math.Max(newest, position) : newest;
        }

        double vote = similarity * SessionWeights.OfStep(_options.VoteDecay, length - newest);
        foreach (int item in _itemsOfSession[session])
        {
            if (_options.Repeats || !lastPositions.ContainsKey(item))
            {
                scores[item] += vote * (1 + (_options.RarityWeight * _rarity[item]));
            }
        }
    }
}
