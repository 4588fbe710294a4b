using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Evaluation.Holdouts;

/// <summary>Holds items out by chance, for data without times; wherever there are times, cut by time.</summary>
public static class RandomHoldout
{
    /// <summary>Holds one item out of each user who has two or more.</summary>
    /// <param name="matrix">All interactions.</param>
    /// <param name="seed">The seed; each user draws from a stream of their own.</param>
    public static Holdout LeaveOne(InteractionMatrix matrix, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        InteractionMatrixBuilder train = new(matrix.UserCount, matrix.ItemCount);
        InteractionMatrixBuilder held = new(matrix.UserCount, matrix.ItemCount);
        for (int user = 0; user < matrix.UserCount; user++)
        {
            ReadOnlySpan<int> items = matrix.ItemsOf(user);
            int drawn = items.Length < 2 ? -1 : SeededRandom.Derive(seed, (ulong)user).NextInt(items.Length);
            for (int index = 0; index < items.Length; index++)
            {
                (index == drawn ? held : train).Add(user, items[index], matrix.WeightsOf(user)[index]);
            }
        }

        return new Holdout(train.Build(), held.Build());
    }
}
