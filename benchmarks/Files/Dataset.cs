using Aisle.Evaluation.Holdouts;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Files;

/// <summary>Interactions with ids, indexed.</summary>
/// <param name="Users">User ids, in ordinal order.</param>
/// <param name="Items">Item ids, in ordinal order.</param>
/// <param name="Train">What models learn from.</param>
/// <param name="Test">What they are judged by; empty when there is no test file.</param>
/// <param name="Timed">The training interactions with their moments when the file has them, else null.</param>
internal sealed record Dataset(Vocabulary<string> Users, Vocabulary<string> Items, InteractionMatrix Train, InteractionMatrix Test, IReadOnlyList<TimedInteraction>? Timed)
{
    /// <summary>Indexes training and test lines together. Items that only the test knows stay: nobody can
    /// recommend them, and that counts.</summary>
    public static Dataset Of(IReadOnlyList<PairLine> train, IReadOnlyList<PairLine> test)
    {
        Vocabulary<string> users = Sorted(train.Concat(test).Select(pair => pair.User));
        Vocabulary<string> items = Sorted(train.Concat(test).Select(pair => pair.Item));
        TimedInteraction[]? timed = train.Count > 0 && train.All(pair => pair.At.HasValue)
            ? [.. train.Select(pair => new TimedInteraction(Index(users, pair.User), Index(items, pair.Item), pair.Weight, pair.At!.Value))]
            : null;
        return new Dataset(users, items, Damped(Matrix(train, users, items)), Matrix(test, users, items), timed);
    }

    /// <summary>Weights damped to ln(1 + w), so that a hundred views do not weigh like fifty purchases, and divided by their mean, so
    /// that models can count on about 1.</summary>
    public static InteractionMatrix Damped(InteractionMatrix matrix)
    {
        if (matrix.Count == 0 || !matrix.AllWeights.ContainsAnyExcept(1f))
        {
            return matrix;
        }

        double[] damped = [.. matrix.AllWeights.ToArray().Select(weight => Math.Log(1 + (double)weight))];
        double mean = damped.Average();
        return new InteractionMatrix(matrix.ItemCount, matrix.Starts.ToArray(), matrix.AllItems.ToArray(), [.. damped.Select(weight => (float)(weight / mean))]);
    }

    /// <summary>What the models are judged by.</summary>
    public Holdout Holdout() => new(Train, Test);

    private static Vocabulary<string> Sorted(IEnumerable<string> ids)
    {
        string[] distinct = [.. ids.Distinct(StringComparer.Ordinal)];
        Array.Sort(distinct, Comparer<string>.Default);
        return Vocabulary<string>.FromSorted(distinct);
    }

    private static int Index(Vocabulary<string> vocabulary, string id) => vocabulary.TryGetIndex(id, out int index) ? index : throw new KeyNotFoundException(id);

    private static InteractionMatrix Matrix(IReadOnlyList<PairLine> pairs, Vocabulary<string> users, Vocabulary<string> items)
    {
        InteractionMatrixBuilder builder = new(users.Count, items.Count);
        foreach (PairLine pair in pairs)
        {
            builder.Add(Index(users, pair.User), Index(items, pair.Item), pair.Weight);
        }

        return builder.Build();
    }
}
