namespace Aisle.Numerics;

/// <summary>Finds the smallest of many without sorting them all.</summary>
internal static class Selection
{
    /// <summary>Moves the k smallest to the front, in any order but for the largest of them, which stands at k − 1.</summary>
    /// <param name="values">Reordered.</param>
    /// <param name="k">In 1 … the number of values.</param>
    /// <remarks>Hoare (1961), pivot by the median of three; O(n) on average.</remarks>
    public static void Smallest(Span<ulong> values, int k)
    {
        int target = k - 1;
        int low = 0;
        int high = values.Length - 1;
        while (low < high)
        {
            int split = Partition(values, low, high);
            if (target <= split)
            {
                high = split;
            }
            else
            {
                low = split + 1;
            }
        }
    }

    /// <summary>Splits a range so that none before the split exceeds any after it.</summary>
    private static int Partition(Span<ulong> values, int low, int high)
    {
        ulong pivot = MedianOfThree(values[low], values[(low + high) / 2], values[high]);
        int left = low - 1;
        int right = high + 1;
        while (true)
        {
            do
            {
                left++;
            }
            while (values[left] < pivot);

            do
            {
                right--;
            }
            while (values[right] > pivot);

            if (left >= right)
            {
                return right == high ? high - 1 : right;
            }

            (values[left], values[right]) = (values[right], values[left]);
        }
    }

    private static ulong MedianOfThree(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
