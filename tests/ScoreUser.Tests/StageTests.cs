using Aisle.Candidates.Lists;
using Aisle.Reranking;
using Aisle.Reranking.Rules;
using Aisle.ScoreUser.Composing;
using Aisle.ScoreUser.Filtering;
using Aisle.ScoreUser.Finding;
using Aisle.ScoreUser.Serving;
using Aisle.Testing;

namespace Aisle.ScoreUser.Tests;

/// <summary>Stages by themselves.</summary>
public sealed class StageTests
{
    private static readonly ServingView View = new(new ServingModel(World.Model, Some.Manifest("v1"), TwoTopicShop.Recipe.Hybrid), []);

    [Fact]
    public void The_sieve_keeps_the_order_and_lets_nothing_through_that_may_not_be_shown()
    {
        CandidatePool pool = new("home", [Placed(9), Placed(4), Placed(7), Placed(2)], IsPersonal: true);

        PlacedItem[] kept = CandidateSieve.Sift(pool, Without(4));

        Assert.Equal([9, 7, 2], kept.Select(placed => placed.Item));
    }

    [Fact]
    public void A_slate_with_an_error_of_an_earlier_step_loses_it_and_says_so()
    {
        EligibleItems eligible = Without(4);

        Assert.Equal(("1 2 3", false), Keep(1, 2, 3));
        Assert.Equal(("1 2", true), Keep(1, 2, 1));
        Assert.Equal(("1 3", true), Keep(1, 4, 3));

        (string Items, bool IsFault) Keep(params int[] items)
        {
            (IReadOnlyList<ComposedItem> kept, Reading.Degradation? fault) = SlateInvariants.Keep([.. items.Select(item => new ComposedItem(item, 1, SlotKind.Ranked, 1))], eligible);
            return (string.Join(' ', kept.Select(item => item.Item)), fault is not null);
        }
    }

    private static PlacedItem Placed(int item) => new(item, 1, CandidateSource.Content);

    private static EligibleItems Without(int item) => new(View, new SlateFilter { Excluded = new HashSet<Events.ProductId> { TwoTopicShop.Product(item) } }, ActiveRules.Nothing);
}
