using System.Runtime.Intrinsics;

namespace Aisle.Numerics;

/// <summary>Several float32 numbers that one instruction handles together, so that a kernel is written once for every width.</summary>
/// <typeparam name="TSelf">The width: <see cref="Lanes512"/>, <see cref="Lanes256"/> or <see cref="Lanes128"/>.</typeparam>
/// <remarks>Kernels are generic in this type; the compiler makes one machine-code version for each width. Nothing
/// checks bounds: callers assert shapes.</remarks>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>How many numbers there are: 16, 8 or 4.</summary>
    static abstract int Count { get; }

    /// <summary>Whether the processor has instructions of this width.</summary>
    static abstract bool IsAccelerated { get; }

    /// <summary>All zero.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>Reads <see cref="Count"/> numbers.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Spread(float value);

    /// <summary>left·right + addend, rounded once where the processor can.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>left·right, lane by lane.</summary>
    static abstract TSelf Multiply(TSelf left, TSelf right);

    /// <summary>left + right, lane by lane.</summary>
    static abstract TSelf Add(TSelf left, TSelf right);

    /// <summary>The sum of all lanes.</summary>
    static abstract float Sum(TSelf value);

    /// <summary>The sum of all lanes of each of four.</summary>
    static abstract Vector128<float> Sums(TSelf first, TSelf second, TSelf third, TSelf fourth);

    /// <summary>Whether any lane of the value reaches the same lane of the threshold.</summary>
    static abstract bool AnyReaches(TSelf value, TSelf threshold);

    /// <summary>left / right, lane by lane.</summary>
    static abstract TSelf Divide(TSelf left, TSelf right);

    /// <summary>The square roots.</summary>
    static abstract TSelf SquareRoot(TSelf value);

    /// <summary>Writes the numbers of four rows as <see cref="Count"/> columns of four.</summary>
    /// <param name="row0">The first row.</param>
    /// <param name="row1">The second.</param>
    /// <param name="row2">The third.</param>
    /// <param name="row3">The fourth.</param>
    /// <param name="target">Where the first column goes.</param>
    /// <param name="stride">From one column to the next.</param>
    static abstract void StoreTransposed(TSelf row0, TSelf row1, TSelf row2, TSelf row3, float* target, long stride);

    /// <summary>Writes <see cref="Count"/> numbers.</summary>
    static abstract void Store(TSelf value, float* target);
}
