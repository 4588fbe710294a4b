using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Evaluation.Holdouts;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Benchmarks.Tables;

/// <summary>CiteULike-a in the CMN split: each user's held-out item among at most 100 sampled negatives, those
/// that the user has left out.</summary>
internal sealed class CiteULike
{
    private const int UserCount = 5551;
    private const int ItemCount = 16980;

    private readonly int[][] _candidates;

    private CiteULike(InteractionMatrix train, int[][] candidates)
    {
        Train = train;
        _candidates = candidates;
    }

    /// <summary>Scores all items for a user of the training data.</summary>
    public delegate void UserScores(int user, Span<float> scores);

    /// <summary>What models learn from.</summary>
    public InteractionMatrix Train { get; }

    /// <summary>Reads the two files of a folder.</summary>
    public static CiteULike Read(string folder)
    {
        InteractionMatrixBuilder builder = new(UserCount, ItemCount);
        foreach (string line in Lines.Of(Path.Combine(folder, "train.txt.gz")))
        {
            int[] pair = Numbers(line);
            builder.Add(pair[0], pair[1], 1);
        }

        InteractionMatrix train = builder.Build();
        int[][] candidates = new int[UserCount][];
        foreach (string line in Lines.Of(Path.Combine(folder, "test_with_negatives.txt.gz")))
        {
            int[] numbers = Numbers(line);
            int user = numbers[0];
            candidates[user] = [numbers[1], .. numbers[2..].Where(item => train.ItemsOf(user).BinarySearch(item) < 0)];
        }

        return new CiteULike(train, candidates);
    }

    /// <summary>The same protocol within the training data: one item of each user held out by chance, to be found among 100
    /// drawn that the user does not have.</summary>
    public CiteULike Inner(ulong seed)
    {
        Holdout inner = RandomHoldout.LeaveOne(Train, seed);
        int[][] candidates = new int[UserCount][];
        for (int user = 0; user < UserCount; user++)
        {
            SeededRandom random = SeededRandom.Derive(seed + 1, (ulong)user);
            HashSet<int> negatives = [];
            while (negatives.Count < 100)
            {
                int item = random.NextInt(ItemCount);
                if (Train.ItemsOf(user).BinarySearch(item) < 0)
                {
                    negatives.Add(item);
                }
            }

            candidates[user] = [.. inner.Held.ItemsOf(user), .. negatives];
        }

        return new CiteULike(inner.Train, candidates);
    }

    /// <summary>HR@5, NDCG@5, HR@10 and NDCG@10 of a model.</summary>
    public double[] Judge(UserScores model)
    {
        double[][] perUser = new double[UserCount][];
        Parallel.For(0, UserCount, () => new float[ItemCount], (user, _, scores) =>
        {
            model(user, scores);
            perUser[user] = OfRank(Rank(scores, _candidates[user]));
            return scores;
        }, _ => { });
        return [.. Enumerable.Range(0, 4).Select(metric => perUser.Average(values => values[metric]))];
    }

    /// <summary>The place of the first candidate among all. A tie goes to the higher item: the published fourth digit of EASE hangs on one,
    /// between two items that the same single user has (14429 and 14677).</summary>
    private static int Rank(float[] scores, int[] candidates)
    {
        float target = scores[candidates[0]];
        return 1 + candidates.Skip(1).Count(item => scores[item] > target || (scores[item] == target && item > candidates[0]));
    }

    private static double[] OfRank(int rank)
    {
        double gain = 1 / Math.Log2(rank + 1);
        return [rank <= 5 ? 1 : 0, rank <= 5 ? gain : 0, rank <= 10 ? 1 : 0, rank <= 10 ? gain : 0];
    }

    private static int[] Numbers(string line) => [.. line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
}
