using Aisle.Candidates.Training;
using Aisle.Events;
using Aisle.Feedback;

namespace Aisle.Candidates.Neighbours;

/// <summary>The purchases of a window, by order and by shopper.</summary>
/// <param name="ByOrder">Orders × items; orders that are too large are empty.</param>
/// <param name="ByUser">Users × items.</param>
internal sealed record PurchaseTable(InteractionMatrix ByOrder, InteractionMatrix ByUser)
{
    /// <summary>Sorts order lines into the two matrices; lines of unknown products are left out.</summary>
    public static PurchaseTable From(IEnumerable<OrderLine> lines, TrainingSet training, int maxItemsPerOrder)
    {
        InteractionMatrixBuilder byUser = new(training.Users.Count, training.Items.Count);
        Dictionary<OrderId, HashSet<int>> orders = [];
        foreach (OrderLine line in lines)
        {
            if (!training.Items.TryGetIndex(line.Product, out int item))
            {
                continue;
            }

            if (line.User is { } user && training.Users.TryGetIndex(user, out int index))
            {
                byUser.Add(index, item, 1);
            }

            if (!orders.TryGetValue(line.Order, out HashSet<int>? items))
            {
                orders[line.Order] = items = [];
            }

            items.Add(item);
        }

        return new PurchaseTable(ByOrderOf(orders.Values, training.Items.Count, maxItemsPerOrder), byUser.Build());
    }

    /// <summary>Only sums over orders are taken later, so the order of orders leaves no trace.</summary>
    private static InteractionMatrix ByOrderOf(Dictionary<OrderId, HashSet<int>>.ValueCollection orders, int itemCount, int maxItemsPerOrder)
    {
        InteractionMatrixBuilder builder = new(orders.Count, itemCount);
        int row = 0;
        foreach (HashSet<int> items in orders)
        {
            foreach (int item in items.Count <= maxItemsPerOrder ? items : [])
            {
                builder.Add(row, item, 1);
            }

            row++;
        }

        return builder.Build();
    }
}
