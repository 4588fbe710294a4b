using Aisle.Factorization;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Tests.Factorization;

/// <summary>Small worlds to train on.</summary>
internal static class World
{
    /// <summary>Even users like even items and odd users odd ones; each lacks exactly the item of its own number,
    /// which is therefore the right answer.</summary>
    public static InteractionMatrix Checkerboard(int size)
    {
        InteractionMatrixBuilder builder = new(size, size);
        for (int user = 0; user < size; user++)
        {
            for (int item = user % 2; item < size; item += 2)
            {
                if (item != user)
                {
                    builder.Add(user, item, 1);
                }
            }
        }

        return builder.Build();
    }

    /// <summary>Interactions at random, with weights that are no whole numbers; every eleventh user did nothing.</summary>
    public static InteractionMatrix Random(int users, int items, double density, ulong seed)
    {
        SeededRandom random = new(seed);
        InteractionMatrixBuilder builder = new(users, items);
        for (int user = 0; user < users; user++)
        {
            for (int item = 0; item < items; item++)
            {
                if (user % 11 != 10 && random.NextDouble() < density)
                {
                    builder.Add(user, item, (float)(0.1 + (5 * random.NextDouble())));
                }
            }
        }

        return builder.Build();
    }

    /// <summary>A small model of each parametrization.</summary>
    public static IalsOptions Options(IalsParametrization parametrization, int factors = 8) =>
        new() { Factors = factors, Parametrization = parametrization, Iterations = 5, Regularization = 0.05, UnobservedWeight = 0.1, ConfidenceScale = 2 };
}
