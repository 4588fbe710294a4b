using Aisle.Candidates.Sessions;
using CsCheck;

namespace Aisle.Tests.Candidates.Sessions;

public sealed class SessionKnnTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Votes_are_as_by_hand()
    {
        // Current session: 0 then 1, so the clicks weigh (1/2)² and 1, each divided by 2 different items.
        // Session A {0, 2}: similarity 1/8, shares the click two steps back: votes 1/8 · 1/2. Session B {1, 3}: similarity 1/2, votes 1/2.
        SessionKnn model = Fit(new SessionKnnOptions { RarityWeight = 0 }, [0, 2], [1, 3], [4, 5]);
        double[] scores = new double[6];

        model.Score([0, 1], scores);

        Assert.Equal([1 / 16.0, 0.5, 1 / 16.0, 0.5, 0, 0], scores);
    }

    [Fact]
    public void A_rare_item_counts_more()
    {
        // Three sessions; item 1 was clicked twice and item 2 once: ln(3/2) and ln 3.
        SessionKnn model = Fit(new SessionKnnOptions { RarityWeight = 1 }, [0, 1, 2], [3, 1], [3, 4]);
        double[] scores = new double[5];

        model.Score([0], scores);

        Assert.Equal(1 + Math.Log(1.5), scores[1], tolerance: 1e-12);
        Assert.Equal(1 + Math.Log(3), scores[2], tolerance: 1e-12);
    }

    [Fact]
    public void Only_the_most_recent_sessions_are_compared()
    {
        SessionKnn model = Fit(new SessionKnnOptions { SampleSize = 1, RarityWeight = 0 }, [0, 1], [0, 2]);
        double[] scores = new double[3];

        model.Score([0], scores);

        Assert.Equal([1, 0, 1], scores);
    }

    [Fact]
    public void What_the_session_has_can_be_left_out()
    {
        SessionKnn model = Fit(new SessionKnnOptions { Repeats = false, RarityWeight = 0 }, [0, 1]);
        double[] scores = new double[2];

        model.Score([0], scores);

        Assert.Equal([0, 1], scores);
    }

    [Fact]
    public void Even_sessions_are_shown_even_items() => Gen.Int[0, 9].Array[1, 5].Sample(clicks =>
    {
        int[][] sessions = [.. Enumerable.Range(0, 40).Select(session => Enumerable.Range(0, 4).Select(step => (2 * ((session + step) % 5)) + (session % 2)).ToArray())];
        int[] current = [.. clicks.Select(click => click / 2 * 2)];
        double[] scores = new double[10];

        Fit(new SessionKnnOptions(), sessions).Score(current, scores);

        for (int item = 1; item < 10; item += 2)
        {
            Assert.Equal(0, scores[item]);
        }

        Assert.Contains(scores, score => score > 0);
    });

    [Fact]
    public void An_empty_session_scores_nothing()
    {
        double[] scores = [5, 5];
        Fit(new SessionKnnOptions(), [0, 1]).Score([], scores);

        Assert.Equal([0, 0], scores);
    }

    [Fact]
    public void Without_sessions_there_is_nothing_to_learn_from() => Assert.Throws<ArgumentException>(() => Fit(new SessionKnnOptions()));

    private static SessionKnn Fit(SessionKnnOptions options, params int[][] sessions) => SessionKnn.Fit(
        [.. sessions.Select((items, index) => new SessionClicks(items, Start.AddHours(index)))],
        sessions.Length == 0 ? 1 : sessions.SelectMany(items => items).Max() + 1,
        options);
}
