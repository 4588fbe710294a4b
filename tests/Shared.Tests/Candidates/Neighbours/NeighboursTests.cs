using Aisle.Candidates;
using Aisle.Candidates.Neighbours;
using Aisle.Candidates.Training;
using Aisle.ColdStart;
using Aisle.Feedback;
using Aisle.Numerics;
using Aisle.Testing;
using Aisle.Tests.Factorization;
using CsCheck;

namespace Aisle.Tests.Candidates.Neighbours;

public sealed class NeighboursTests
{
    [Fact]
    public void Items_of_the_same_rows_are_neighbours_by_shrunk_cosine()
    {
        // Item 0 in rows 0, 1, 2; item 1 in rows 0, 1; item 2 in row 3.
        NeighbourLists lists = CoOccurrence.Find(Rows([0, 1], [0, 1], [0], [2]), 5, shrinkage: 1, minShared: 1, CancellationToken.None);

        Assert.Equal(2 / (Math.Sqrt(6) + 1), lists.Of(0)[0].Score, 1e-6);
        Assert.Equal(1, lists.Of(0)[0].Index);
        Assert.True(lists.Of(2).IsEmpty);
    }

    [Fact]
    public void Neighbours_are_mutual_sorted_and_never_oneself() =>
        Gen.Int[0, 7].HashSet[0, 6].List[1, 12].Sample(rows =>
        {
            NeighbourLists lists = CoOccurrence.Find(Rows([.. rows.Select(row => row.ToArray())]), 8, 0.5, 1, CancellationToken.None);
            return Enumerable.Range(0, 8).All(item =>
            {
                var list = lists.Of(item).ToArray();
                return list.All(n => n.Index != item && n.Score > 0 && lists.Of(n.Index).ToArray().Any(back => back.Index == item && back.Score == n.Score))
                    && list.Zip(list.Skip(1)).All(pair => pair.First.Precedes(pair.Second));
            });
        });

    [Fact]
    public void The_item_that_a_checkerboard_withholds_ranks_first_with_similar_users()
    {
        InteractionMatrix matrix = World.Checkerboard(20);
        UserNeighbours neighbours = new(matrix, matrix.Transpose());
        float[] scores = new float[20];
        for (int user = 0; user < 20; user++)
        {
            neighbours.Score(neighbours.Find(matrix.ItemsOf(user), count: 10), scores);

            Assert.Equal(user, TopK.Of(scores, 1, matrix.ItemsOf(user))[0].Index);
        }
    }

    [Fact]
    public void The_most_similar_users_share_most_for_their_size()
    {
        // Live shopper touched 0 and 1. User 0 has exactly these, user 1 one of them and three others, user 2 none.
        UserNeighbours neighbours = Users([0, 1], [1, 2, 3, 4], [5, 6]);

        SimilarUser[] found = neighbours.Find([0, 1], 50);

        Assert.Equal([(0, 2), (1, 1)], found.Select(user => (user.User, user.Overlap)));
        Assert.Equal(1, found[0].Similarity, 1e-6);
        Assert.Equal(1 / Math.Sqrt(8), found[1].Similarity, 1e-6);
        Assert.Single(neighbours.Find([0, 1], 1));
        Assert.Empty(neighbours.Find([7], 50));
    }

    [Fact]
    public void What_neighbours_say_is_shared_out_among_the_touched_products_that_make_them_alike() =>
        Gen.Int[0, 7].HashSet[1, 6].List[1, 12].Sample(rows =>
        {
            UserNeighbours neighbours = Users([.. rows.Select(row => row.ToArray())]);
            int[] touched = [0, 3, 5];
            SimilarUser[] found = neighbours.Find(touched, 4);
            float[] scores = new float[8];
            neighbours.Score(found, scores);
            double[] parts = new double[3];
            return Enumerable.Range(0, 8).All(item =>
            {
                neighbours.Explain(found, touched, item, parts);
                return Math.Abs(parts.Sum() - scores[item]) < 1e-5;
            });
        });

    [Fact]
    public void A_bot_that_touches_everything_is_cut_to_its_strongest()
    {
        InteractionMatrixBuilder builder = new(1, 100);
        for (int item = 0; item < 100; item++)
        {
            builder.Add(0, item, item % 10 == 3 ? 9 : 1);
        }

        Assert.Equal([3, 13, 23, 33], StrongestItems.Of(builder.Build(), 4).ItemsOf(0).ToArray());
    }

    [Fact]
    public void Large_orders_say_nothing_about_what_goes_together_but_their_buyer_owns_them()
    {
        TrainingSet training = TwoTopicShop.Training();
        OrderLine[] lines = [.. Enumerable.Range(0, 30).Select(product => new OrderLine(new Aisle.Events.OrderId("big"), TwoTopicShop.Shopper(0), TwoTopicShop.Product(product)))];

        PurchaseTable table = PurchaseTable.From(lines, training, maxItemsPerOrder: 20);

        Assert.Equal(0, table.ByOrder.Count);
        Assert.Equal(30, table.ByUser.Count);
    }

    [Fact]
    public void Shelves_find_what_goes_together()
    {
        Shelves shelves = new(TwoTopicShop.Bundle(), new NewProductOptions());

        Assert.Equal([2], shelves.BoughtWith([0], 5).Select(entry => entry.Index));
        Assert.Empty(shelves.BoughtWith([0, 2], 5));
        Assert.All(shelves.SimilarTo(6, 10), entry => Assert.Equal(0, entry.Index % 2));
        Assert.All(shelves.TouchedWith([5, 7], 10), entry => Assert.Equal(1, entry.Index % 2));
        Assert.Equal([38, 39], shelves.NewArrivals(TwoTopicShop.AsOf, 5).Select(entry => entry.Index));
        Assert.Empty(shelves.NewArrivals(TwoTopicShop.AsOf.AddDays(30), 5));
    }

    private static UserNeighbours Users(params int[][] rows)
    {
        InteractionMatrix matrix = Rows(rows);
        return new UserNeighbours(matrix, matrix.Transpose());
    }

    private static InteractionMatrix Rows(params int[][] rows)
    {
        InteractionMatrixBuilder builder = new(rows.Length, 8);
        for (int row = 0; row < rows.Length; row++)
        {
            foreach (int item in rows[row])
            {
                builder.Add(row, item, 1);
            }
        }

        return builder.Build();
    }
}
