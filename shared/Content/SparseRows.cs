namespace Aisle.Content;

/// <summary>Products × terms in compressed sparse rows, terms ascending within a row.</summary>
/// <param name="Columns">How many terms there are.</param>
/// <param name="Starts">Where each row starts; one more entry than rows.</param>
/// <param name="Terms">The term of each entry.</param>
/// <param name="Values">The value of each entry, not zero.</param>
internal sealed record SparseRows(int Columns, int[] Starts, int[] Terms, double[] Values)
{
    /// <summary>How many rows there are.</summary>
    public int Rows => Starts.Length - 1;

    /// <summary>A·x for a dense column x.</summary>
    public void Multiply(ReadOnlySpan<double> x, Span<double> result)
    {
        for (int row = 0; row < Rows; row++)
        {
            double sum = 0;
            for (int entry = Starts[row]; entry < Starts[row + 1]; entry++)
            {
                sum += Values[entry] * x[Terms[entry]];
            }

            result[row] = sum;
        }
    }

    /// <summary>Aᵀ·y for a dense column y.</summary>
    public void MultiplyTransposed(ReadOnlySpan<double> y, Span<double> result)
    {
        result.Clear();
        for (int row = 0; row < Rows; row++)
        {
            for (int entry = Starts[row]; entry < Starts[row + 1]; entry++)
            {
                result[Terms[entry]] += Values[entry] * y[row];
            }
        }
    }
}
