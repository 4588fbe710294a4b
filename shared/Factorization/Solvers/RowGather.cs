using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Aisle.Numerics;

namespace Aisle.Factorization.Solvers;

/// <summary>Copies the known factors of a row's interactions next to each other, where the kernels find them in
/// the first-level cache.</summary>
internal static unsafe class RowGather<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Rows of a panel: 48 × 64 floats are 12 KiB, a quarter of the smallest first-level cache in use.</summary>
    public const int PanelRows = 48;

    /// <summary>How many interactions ahead the gathered rows are called from memory.</summary>
    private const int Ahead = 64;

    /// <summary>Copies √w·y of the next interactions into a panel, and notes t/√w of each, whose products sum to
    /// the right-hand side.</summary>
    /// <param name="step">The half-step.</param>
    /// <param name="first">Where among all interactions they start; later ones, also of later rows, are called
    /// from memory in advance.</param>
    /// <param name="count">How many are copied.</param>
    /// <param name="panel">Takes count rows.</param>
    /// <param name="pulls">Takes count numbers.</param>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scaled(HalfStep step, int first, int count, float* panel, float* pulls)
    {
        float* known = step.Known.Pointer;
        int stride = step.Known.Stride;
        ReadOnlySpan<int> columns = step.Rows.AllItems;
        ReadOnlySpan<float> weights = step.Rows.AllWeights.Slice(first, count);
        for (int index = 0; index < weights.Length; index++)
        {
            Prefetch(known, columns, first + index + Ahead, stride);
            float* y = known + ((long)columns[first + index] * stride);
            float* target = panel + ((long)index * stride);
            float root = MathF.Sqrt(step.Loss.Extra(weights[index]));
            pulls[index] = step.Loss.Target(weights[index]) / root;
            TLanes scale = TLanes.Spread(root);
            for (int lane = 0; lane < stride; lane += TLanes.Count)
            {
                TLanes.Store(TLanes.Multiply(TLanes.Load(y + lane), scale), target + lane);
            }
        }
    }

    /// <summary>Calls the factors of an interaction from memory; nothing happens behind the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* known, ReadOnlySpan<int> columns, int index, int stride)
    {
        if (Sse.IsSupported && (uint)index < (uint)columns.Length)
        {
            byte* row = (byte*)(known + ((long)columns[index] * stride));
            for (int line = 0; line < stride * sizeof(float); line += 64)
            {
                Sse.Prefetch0(row + line);
            }
        }
    }
}
