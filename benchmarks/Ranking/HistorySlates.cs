using Aisle.Benchmarks.Files;
using Aisle.Candidates.Sessions;
using Aisle.Evaluation;

namespace Aisle.Benchmarks.Ranking;

/// <summary>Session neighbours where each user's training history is one session, in order of time.</summary>
internal sealed class HistorySlates : ISlateSource
{
    private readonly SessionKnn _model;
    private readonly int[][] _histories;
    private readonly int _itemCount;

    /// <summary>Indexes the histories.</summary>
    /// <exception cref="ArgumentException">The file has no times, so histories have no order.</exception>
    public HistorySlates(Dataset data)
    {
        if (data.Timed is null)
        {
            throw new ArgumentException("session neighbours need a fourth column with the time of each interaction");
        }

        _itemCount = data.Items.Count;
        _histories = [.. Enumerable.Repeat(Array.Empty<int>(), data.Users.Count)];
        List<SessionClicks> sessions = [];
        foreach (IGrouping<int, Feedback.TimedInteraction> user in data.Timed.GroupBy(interaction => interaction.User))
        {
            _histories[user.Key] = [.. user.OrderBy(interaction => interaction.At).ThenBy(interaction => interaction.Item).Select(interaction => interaction.Item)];
            sessions.Add(new SessionClicks(_histories[user.Key], user.Max(interaction => interaction.At)));
        }

        _model = SessionKnn.Fit(sessions, _itemCount, new SessionKnnOptions { Repeats = false });
    }

    /// <inheritdoc/>
    public int Rank(int user, Span<int> slate)
    {
        double[] scores = new double[_itemCount];
        _model.Score(_histories[user], scores);
        int written = 0;
        foreach (int item in Enumerable.Range(0, _itemCount).Where(item => scores[item] > 0).OrderByDescending(item => scores[item]).ThenBy(item => item).Take(slate.Length))
        {
            slate[written++] = item;
        }

        return written;
    }
}
