using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Evaluation.Holdouts;

/// <summary>Interactions split in two: what a model may learn from, and what it is judged by.</summary>
/// <remarks>A user's held items are never among the user's own training items: seen items are masked, so they could not be hit.</remarks>
public sealed class Holdout
{
    /// <summary>Joins the two halves.</summary>
    /// <param name="train">What models learn from; also whose items are masked.</param>
    /// <param name="held">What users went on to choose. Items that the user has in training are taken out here.</param>
    /// <exception cref="ArgumentException">The halves differ in users or items.</exception>
    public Holdout(InteractionMatrix train, InteractionMatrix held)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(held);
        if (train.UserCount != held.UserCount || train.ItemCount != held.ItemCount)
        {
            throw new ArgumentException("Both halves must have the same users and items.", nameof(held));
        }

        Train = train;
        Held = WithoutSeen(train, held);
        JudgedUsers = [.. Enumerable.Range(0, train.UserCount).Where(user => !Held.ItemsOf(user).IsEmpty)];
    }

    private Holdout(Holdout whole, int[] judgedUsers) => (Train, Held, JudgedUsers) = (whole.Train, whole.Held, judgedUsers);

    /// <summary>The same halves, judged by at most so many users: drawn by chance, ascending. For searches that
    /// judge again and again.</summary>
    /// <param name="most">How many users, positive.</param>
    /// <param name="seed">The seed of the draw.</param>
    public Holdout Sampled(int most, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        if (JudgedUsers.Count <= most)
        {
            return this;
        }

        int[] drawn = [.. JudgedUsers];
        SeededRandom random = new(seed);
        for (int place = 0; place < most; place++)
        {
            int other = place + random.NextInt(drawn.Length - place);
            (drawn[place], drawn[other]) = (drawn[other], drawn[place]);
        }

        return new Holdout(this, [.. drawn.Take(most).Order()]);
    }

    /// <summary>What models learn from.</summary>
    public InteractionMatrix Train { get; }

    /// <summary>What users went on to choose, without what they had in training.</summary>
    public InteractionMatrix Held { get; }

    /// <summary>Who has something held out, ascending; users without training interactions are among them.</summary>
    public IReadOnlyList<int> JudgedUsers { get; }

    private static InteractionMatrix WithoutSeen(InteractionMatrix train, InteractionMatrix held)
    {
        InteractionMatrixBuilder builder = new(held.UserCount, held.ItemCount);
        for (int user = 0; user < held.UserCount; user++)
        {
            ReadOnlySpan<int> items = held.ItemsOf(user);
            for (int index = 0; index < items.Length; index++)
            {
                if (train.ItemsOf(user).BinarySearch(items[index]) < 0)
                {
                    builder.Add(user, items[index], held.WeightsOf(user)[index]);
                }
            }
        }

        return builder.Build();
    }
}
