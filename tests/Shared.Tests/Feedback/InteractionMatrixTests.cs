using Aisle.Feedback;
using CsCheck;

namespace Aisle.Tests.Feedback;

public sealed class InteractionMatrixTests
{
    private static readonly Gen<(int User, int Item, float Weight)[]> AnyInteractions =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 4], Gen.Float[0.01f, 100f]).Array[0, 40];

    [Fact]
    public void The_order_of_arrival_changes_no_bit() => AnyInteractions.Sample(interactions =>
    {
        InteractionMatrix forward = Build(interactions);
        InteractionMatrix backward = Build(interactions.Reverse());

        Assert.Equal(forward.AllItems, backward.AllItems);
        Assert.Equal(forward.AllWeights, backward.AllWeights);
        Assert.Equal(forward.Starts, backward.Starts);
    });

    [Fact]
    public void Items_ascend_within_a_user_and_come_once() => AnyInteractions.Sample(interactions =>
    {
        InteractionMatrix matrix = Build(interactions);
        for (int user = 0; user < matrix.UserCount; user++)
        {
            int[] expected = [.. interactions.Where(i => i.User == user).Select(i => i.Item).Distinct().Order()];
            Assert.Equal(expected, matrix.ItemsOf(user));
        }
    });

    [Fact]
    public void Transposing_twice_gives_the_same_matrix() => AnyInteractions.Sample(interactions =>
    {
        InteractionMatrix matrix = Build(interactions);
        InteractionMatrix again = matrix.Transpose().Transpose();

        Assert.Equal(matrix.AllItems, again.AllItems);
        Assert.Equal(matrix.AllWeights, again.AllWeights);
        Assert.Equal(matrix.Starts, again.Starts);
    });

    [Fact]
    public void The_weights_of_a_pair_that_comes_again_are_added()
    {
        InteractionMatrix matrix = Build([(1, 2, 1.5f), (1, 0, 1), (1, 2, 2)]);

        Assert.Equal([0, 2], matrix.ItemsOf(1));
        Assert.Equal([1f, 3.5f], matrix.WeightsOf(1));
        Assert.Equal(2, matrix.Count);
        Assert.True(matrix.ItemsOf(0).IsEmpty);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_weight_that_is_not_positive_and_finite_is_refused(float weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new InteractionMatrixBuilder(1, 1).Add(0, 0, weight));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void An_index_outside_the_matrix_is_refused(int user, int item) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new InteractionMatrixBuilder(1, 1).Add(user, item, 1));

    private static InteractionMatrix Build(IEnumerable<(int User, int Item, float Weight)> interactions)
    {
        InteractionMatrixBuilder builder = new(7, 5);
        foreach ((int user, int item, float weight) in interactions)
        {
            builder.Add(user, item, weight);
        }

        return builder.Build();
    }
}
