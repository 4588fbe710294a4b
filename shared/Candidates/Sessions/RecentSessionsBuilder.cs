using Aisle.Events;
using Aisle.Feedback;

namespace Aisle.Candidates.Sessions;

/// <summary>Collects the most recent visits from what was touched, newest first, and stops asking when it has
/// enough. The result names no shopper.</summary>
/// <param name="items">The model's products; others are left out.</param>
/// <param name="options">How many visits, and how long.</param>
public sealed class RecentSessionsBuilder(Vocabulary<ProductId> items, RecentSessionsOptions options)
{
    private readonly Dictionary<SessionId, (DateTimeOffset EndedAt, List<int> Items)> _sessions = [];

    private DateTimeOffset _oldestEnd;

    /// <summary>Takes one touch.</summary>
    /// <param name="session">The visit.</param>
    /// <param name="product">What was touched.</param>
    /// <param name="at">When, UTC; not after the touch before this call.</param>
    /// <returns>False when no further touch is needed: there are enough visits, and those are complete.</returns>
    public bool Add(SessionId session, ProductId product, DateTimeOffset at)
    {
        if (_sessions.TryGetValue(session, out (DateTimeOffset EndedAt, List<int> Items) known))
        {
            AddTo(known.Items, product);
        }
        else if (_sessions.Count < options.MostSessions)
        {
            List<int> touched = [];
            AddTo(touched, product);
            _sessions.Add(session, (at, touched));
            _oldestEnd = at;
        }
        else
        {
            return _oldestEnd - at < options.LongestVisit;
        }

        return true;
    }

    /// <summary>The visits with at least two different products, oldest first.</summary>
    public IReadOnlyList<SessionClicks> Build() =>
        [.. _sessions.Values
            .Where(visit => visit.Items.Distinct().Skip(1).Any())
            .OrderBy(visit => visit.EndedAt)
            .Select(visit => new SessionClicks([.. Enumerable.Reverse(visit.Items)], visit.EndedAt))];

    private void AddTo(List<int> touched, ProductId product)
    {
        if (touched.Count < options.MostItems && items.TryGetIndex(product, out int item))
        {
            touched.Add(item);
        }
    }
}
