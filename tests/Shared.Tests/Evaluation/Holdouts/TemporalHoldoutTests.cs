using Aisle.Evaluation.Holdouts;
using Aisle.Feedback;
using CsCheck;

namespace Aisle.Tests.Evaluation.Holdouts;

public sealed class TemporalHoldoutTests
{
    private const int Users = 5;
    private const int Items = 8;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<TimedInteraction[]> AnyInteractions =
        Gen.Select(Gen.Int[0, Users - 1], Gen.Int[0, Items - 1], Gen.Int[0, 30], (user, item, hour) => At(user, item, hour)).Array[1, 60];

    [Fact]
    public void A_cut_for_everybody_lets_nothing_of_the_future_train() =>
        Gen.Select(AnyInteractions, Gen.Int[0, 30]).Sample((interactions, hour) =>
        {
            DateTimeOffset cut = Start.AddHours(hour);
            Holdout holdout = TemporalHoldout.AtTime(interactions, Users, Items, cut);
            for (int user = 0; user < Users; user++)
            {
                int[] before = [.. interactions.Where(i => i.User == user && i.At < cut).Select(i => i.Item).Distinct().Order()];
                int[] after = [.. interactions.Where(i => i.User == user && i.At >= cut).Select(i => i.Item).Distinct().Except(before).Order()];
                Assert.Equal(before, holdout.Train.ItemsOf(user));
                Assert.Equal(after, holdout.Held.ItemsOf(user));
            }
        });

    [Fact]
    public void Leaving_the_last_out_holds_exactly_so_many_new_items() =>
        Gen.Select(AnyInteractions, Gen.Int[1, 3]).Sample((interactions, last) =>
        {
            Holdout holdout = TemporalHoldout.LeaveLast(interactions, Users, Items, last);
            for (int user = 0; user < Users; user++)
            {
                int distinct = interactions.Where(i => i.User == user).Select(i => i.Item).Distinct().Count();
                Assert.Equal(distinct > last ? last : 0, holdout.Held.ItemsOf(user).Length);
                Assert.Empty(holdout.Train.ItemsOf(user).ToArray().Intersect(holdout.Held.ItemsOf(user).ToArray()));
            }
        });

    [Fact]
    public void What_a_user_did_after_the_first_held_item_does_not_train()
    {
        Holdout holdout = TemporalHoldout.LeaveLast([At(0, 1, 1), At(0, 2, 2), At(0, 1, 3)], Users, Items, last: 1);

        Assert.Equal([1], holdout.Train.ItemsOf(0));
        Assert.Equal([1f], holdout.Train.WeightsOf(0));
        Assert.Equal([2], holdout.Held.ItemsOf(0));
    }

    [Fact]
    public void The_order_of_arrival_does_not_move_a_cut() => AnyInteractions.Sample(interactions =>
    {
        Holdout forward = TemporalHoldout.LeaveLastShare(interactions, Users, Items, share: 0.3);
        Holdout backward = TemporalHoldout.LeaveLastShare([.. interactions.Reverse()], Users, Items, share: 0.3);

        Assert.Equal(forward.Train.AllItems, backward.Train.AllItems);
        Assert.Equal(forward.Held.AllItems, backward.Held.AllItems);
    });

    [Fact]
    public void A_share_of_all_interactions_lies_before_its_cut()
    {
        TimedInteraction[] interactions = [.. Enumerable.Range(0, 10).Select(hour => At(0, 0, hour))];

        Assert.Equal(Start.AddHours(8), TemporalHoldout.CutAt(interactions, 0.8));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_share_must_leave_something_on_both_sides(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TemporalHoldout.LeaveLastShare([], Users, Items, share));

    private static TimedInteraction At(int user, int item, int hour) => new(user, item, 1, Start.AddHours(hour));
}
