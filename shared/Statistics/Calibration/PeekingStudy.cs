using Aisle.Numerics;
using Aisle.Statistics.Sequential;

namespace Aisle.Statistics.Calibration;

/// <summary>Daily looks at simulated experiments of fourteen days under each stopping rule, user by user and
/// through the same tests as a report.</summary>
/// <param name="experiments">How many without an effect and as many with one, positive.</param>
/// <param name="seed">Of chance.</param>
/// <param name="degreeOfParallelism">Threads at once; −1 for all. The result does not depend on it.</param>
public sealed class PeekingStudy(int experiments, ulong seed, int degreeOfParallelism)
{
    /// <summary>The whole error of every rule.</summary>
    public const double Alpha = 0.05;

    private const int Days = 14;
    private const int UsersADay = 100;
    private const int OneLook = 0;
    private const int Naive = 1;
    private const int Design = 2;
    private const int Sequence = 3;

    // With an effect of so many standard errors at the end, a single test has a power of 80 %.
    private const double Effect = 2.8016;

    private static readonly GroupSequentialDesign Looks =
        GroupSequentialDesign.Of([.. Enumerable.Range(1, Days).Select(day => (double)day / Days)], Alpha, SpendingFunction.OBrienFleming, isTwoSided: true);

    /// <summary>Runs the study: exponential values, 100 users an arm and day.</summary>
    public IReadOnlyList<PeekingResult> Run()
    {
        double lift = Effect * Math.Sqrt(2.0 / (Days * UsersADay));
        bool[][] without = Replications.Run(experiments, seed, degreeOfParallelism, random => Watch(0, random), CancellationToken.None);
        bool[][] with = Replications.Run(experiments, seed + 1, degreeOfParallelism, random => Watch(lift, random), CancellationToken.None);
        return
        [
            Result("one look at the end", OneLook, true),
            Result("every day at p ≤ 0.05, unprotected", Naive, false),
            Result("every day, Lan-DeMets O'Brien-Fleming (default)", Design, true),
            Result("every day, asymptotic confidence sequence", Sequence, false),
        ];

        PeekingResult Result(string name, int rule, bool isExact) => new(
            name, Alpha, new BinomialRate(without.Count(found => found[rule]), experiments), new BinomialRate(with.Count(found => found[rule]), experiments), isExact);
    }

    private static bool[] Watch(double added, SeededRandom random)
    {
        bool[] found = new bool[4];
        (double sumC, double squaresC, double sumT, double squaresT) = (0.0, 0.0, 0.0, 0.0);
        for (int day = 1; day <= Days; day++)
        {
            (double c, double cc) = ShopperModels.ExponentialSums(UsersADay, 1, random);
            (double t, double tt) = ShopperModels.ExponentialSums(UsersADay, 1, random);
            (sumC, squaresC, sumT, squaresT) = (sumC + c, squaresC + cc, sumT + t, squaresT + tt);
            ArmMean treatment = ArmMean.FromSums(day * UsersADay, sumT, squaresT);
            Look(day, ArmComparison.OfMeans(ArmMean.FromSums(day * UsersADay, sumC, squaresC), treatment with { Mean = treatment.Mean + added }, Alpha), found);
        }

        return found;
    }

    private static void Look(int day, ArmComparison comparison, bool[] found)
    {
        double p = comparison.PValue!.Value;
        double users = 2.0 * day * UsersADay;
        ConfidenceSequence sequence = ConfidenceSequence.At(
            comparison.Difference!.Value, comparison.StandardError!.Value, users, Alpha, 2.0 * Days * UsersADay, isTwoSided: true);
        found[OneLook] = p <= Alpha;
        found[Naive] |= p <= Alpha;
        found[Design] |= p <= Looks.NominalPValues[day - 1];
        found[Sequence] |= sequence.PValue <= Alpha;
    }
}
