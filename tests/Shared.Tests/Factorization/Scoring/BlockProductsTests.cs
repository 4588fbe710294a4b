using Aisle.Factorization;
using Aisle.Factorization.Scoring;
using Aisle.Numerics;

namespace Aisle.Tests.Factorization.Scoring;

public sealed class BlockProductsTests
{
    /// <summary>Sums of 24 products of numbers below 1 in float32.</summary>
    private const float Rounding = 1e-5f;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(31, 9)]
    [InlineData(100, 32)]
    public void Products_are_those_of_the_plain_twin(int rows, int count)
    {
        FactorMatrix matrix = Some(rows, 24, seed: 1);
        FactorMatrix vectors = Some(count, 24, seed: 2);
        using BlockProducts blocks = new(matrix);
        float[] products = new float[BlockProducts.Vectors * blocks.Stride];
        float[] plain = new float[rows];

        blocks.Multiply(vectors.Values, count, products);

        for (int vector = 0; vector < count; vector++)
        {
            new ExactRows(matrix).Multiply(vectors[vector], plain);
            Assert.All(Enumerable.Range(0, rows), row => Assert.Equal(plain[row], products[(vector * blocks.Stride) + row], Rounding));
        }
    }

    [Fact]
    public void A_vector_has_the_same_products_wherever_it_stands_in_a_block()
    {
        FactorMatrix matrix = Some(77, 24, seed: 1);
        FactorMatrix vectors = Some(32, 24, seed: 2);
        using BlockProducts blocks = new(matrix);
        float[] together = new float[BlockProducts.Vectors * blocks.Stride];
        float[] alone = new float[BlockProducts.Vectors * blocks.Stride];
        blocks.Multiply(vectors.Values, 32, together);

        for (int vector = 0; vector < 32; vector++)
        {
            blocks.Multiply(vectors[vector], 1, alone);
            Assert.Equal(alone[..77], together.AsSpan(vector * blocks.Stride, 77).ToArray());
        }
    }

    [Fact]
    public void More_vectors_than_a_block_holds_are_refused()
    {
        using BlockProducts blocks = new(Some(3, 2, seed: 1));

        Assert.Throws<ArgumentException>(() => blocks.Multiply(new float[66], 33, new float[32 * 32]));
        Assert.Throws<ArgumentException>(() => blocks.Multiply(new float[64], 32, new float[31 * 32]));
    }

    private static FactorMatrix Some(int rows, int width, ulong seed)
    {
        SeededRandom random = new(seed);
        FactorMatrix matrix = new(rows, width);
        for (int row = 0; row < rows; row++)
        {
            foreach (ref float value in matrix.Row(row))
            {
                value = (float)((2 * random.NextDouble()) - 1);
            }
        }

        return matrix;
    }
}
