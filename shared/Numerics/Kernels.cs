namespace Aisle.Numerics;

/// <summary>The vector kernels at the width that this processor runs fastest, chosen at start.</summary>
internal static unsafe class Kernels
{
    /// <summary>What the processor offers: AVX-512, AVX2 or portable.</summary>
    public static string Path => Lanes512.IsAccelerated ? "AVX-512" : Lanes256.IsAccelerated ? "AVX2" : "portable";

    /// <inheritdoc cref="SymmetricUpdate{TLanes}.Add"/>
    public static void AddSymmetric(float* panel, int count, int width, float* c)
    {
        if (Lanes512.IsAccelerated)
        {
            SymmetricUpdate<Lanes512>.Add(panel, count, width, c, 1, 0, width);
        }
        else if (Lanes256.IsAccelerated)
        {
            SymmetricUpdate<Lanes256>.Add(panel, count, width, c, 1, 0, width);
        }
        else
        {
            SymmetricUpdate<Lanes128>.Add(panel, count, width, c, 1, 0, width);
        }
    }

    /// <inheritdoc cref="SymmetricUpdate{TLanes}.Strip"/>
    public static void AddStrip(float* left, float* right, int count, int panelStride, int columns, float* c, int stride, float sign)
    {
        if (Lanes512.IsAccelerated)
        {
            SymmetricUpdate<Lanes512>.Strip(left, right, count, panelStride, columns, c, stride, sign);
        }
        else if (Lanes256.IsAccelerated)
        {
            SymmetricUpdate<Lanes256>.Strip(left, right, count, panelStride, columns, c, stride, sign);
        }
        else
        {
            SymmetricUpdate<Lanes128>.Strip(left, right, count, panelStride, columns, c, stride, sign);
        }
    }
}
