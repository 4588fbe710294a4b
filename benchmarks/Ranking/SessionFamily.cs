using Aisle.Candidates.Sessions;

namespace Aisle.Benchmarks.Ranking;

/// <summary>Session neighbours (V-SKNN) where each user's training history is one session.</summary>
internal sealed class SessionFamily : IRankFamily
{
    /// <inheritdoc/>
    public string Name => "sessionknn";

    /// <inheritdoc/>
    public IReadOnlyList<Axis> AxesFor(RankData data) =>
        [new Axis("k", [50, 100, 200, 500, 1500], 200), new Axis("rarity", [0, 0.5, 1, 2, 5], 1), new Axis("decay", [0, 1, 2], 2)];

    /// <inheritdoc/>
    /// <remarks>Without times a history's order is unknown and says nothing: decay is off.</remarks>
    public UserScorer Train(RankData data, double[] settings)
    {
        int[][] histories = data.Histories ?? [.. Enumerable.Range(0, data.Train.UserCount).Select(user => data.Train.ItemsOf(user).ToArray())];
        DateTimeOffset[] ends = [.. histories.Select((_, user) => DateTimeOffset.UnixEpoch.AddSeconds(user))];
        foreach (Feedback.TimedInteraction act in data.Timed ?? [])
        {
            ends[act.User] = ends[act.User] > act.At ? ends[act.User] : act.At;
        }

        PositionDecay decay = data.Histories is null || settings[2] == 0 ? PositionDecay.Same : settings[2] == 1 ? PositionDecay.Logarithmic : PositionDecay.Quadratic;
        SessionKnn model = SessionKnn.Fit(
            [.. histories.Select((items, user) => (items, user)).Where(entry => entry.items.Length > 0).Select(entry => new SessionClicks(entry.items, ends[entry.user]))],
            data.Train.ItemCount,
            new SessionKnnOptions { Neighbours = (int)settings[0], RarityWeight = settings[1], SimilarityDecay = decay, VoteDecay = decay, Repeats = false });
        return (user, scores) =>
        {
            double[] found = new double[scores.Length];
            model.Score(histories[user], found);
            for (int item = 0; item < found.Length; item++)
            {
                scores[item] = (float)found[item];
            }
        };
    }
}
