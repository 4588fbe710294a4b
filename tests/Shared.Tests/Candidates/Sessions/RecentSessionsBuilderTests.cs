using Aisle.Candidates.Sessions;
using Aisle.Events;
using Aisle.Feedback;
using Aisle.Testing;

namespace Aisle.Tests.Candidates.Sessions;

public sealed class RecentSessionsBuilderTests
{
    private static readonly Vocabulary<ProductId> Items = Vocabulary<ProductId>.FromSorted([new ProductId("a"), new ProductId("b"), new ProductId("c")]);

    [Fact]
    public void Visits_come_oldest_first_with_their_touches_in_order()
    {
        RecentSessionsBuilder builder = new(Items, new RecentSessionsOptions());
        Add(builder, ("new", "c", 9), ("old", "b", 5), ("new", "a", 4), ("old", "a", 3), ("alone", "a", 2), ("unknown", "x", 1));

        IReadOnlyList<SessionClicks> visits = builder.Build();

        Assert.Equal([[0, 1], [0, 2]], visits.Select(visit => visit.Items.ToArray()));
        Assert.Equal([Some.Instant.AddMinutes(5), Some.Instant.AddMinutes(9)], visits.Select(visit => visit.EndedAt));
    }

    [Fact]
    public void The_latest_visits_are_kept_and_reading_ends_when_they_are_complete()
    {
        RecentSessionsBuilder builder = new(Items, new RecentSessionsOptions { MostSessions = 2, LongestVisit = TimeSpan.FromMinutes(10) });

        Assert.All(Add(builder, ("one", "a", 100), ("two", "a", 99), ("three", "a", 98), ("one", "b", 97), ("two", "c", 90)), Assert.True);
        Assert.False(Assert.Single(Add(builder, ("four", "a", 80))));
        Assert.Equal([[2, 0], [1, 0]], builder.Build().Select(visit => visit.Items.ToArray()));
    }

    private static bool[] Add(RecentSessionsBuilder builder, params (string Session, string Product, int Minute)[] touches) =>
        [.. touches.Select(touch => builder.Add(new SessionId(touch.Session), new ProductId(touch.Product), Some.Instant.AddMinutes(touch.Minute)))];
}
