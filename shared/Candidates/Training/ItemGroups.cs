using Aisle.Candidates.Neighbours;
using Aisle.Feedback;

namespace Aisle.Candidates.Training;

/// <summary>What goes together, found by one step of training.</summary>
/// <param name="TouchedTogether">Items touched by the same shoppers.</param>
/// <param name="BoughtTogether">Items bought in the same orders.</param>
/// <param name="Purchases">Who bought what: users × items, the training set's indexes; weight is the number of order lines.</param>
/// <param name="Neighbours">Each shopper's strongest items.</param>
/// <param name="Walks">For each item the items that random walks over shoppers reach from it, and how strongly (items × items).</param>
public sealed record ItemGroups(
    NeighbourLists TouchedTogether, NeighbourLists BoughtTogether, InteractionMatrix Purchases, InteractionMatrix Neighbours, InteractionMatrix Walks);
