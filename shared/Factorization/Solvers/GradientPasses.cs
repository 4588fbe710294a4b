using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Aisle.Numerics;

namespace Aisle.Factorization.Solvers;

/// <summary>What steps towards a row's solution do with a gathered panel P: once over its rows, four at a time.</summary>
internal static unsafe class GradientPasses<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>target += Pᵀ·(P·p).</summary>
    /// <param name="panel">P, count × stride.</param>
    /// <param name="count">A multiple of 4.</param>
    /// <param name="stride">A multiple of 16.</param>
    /// <param name="p">Length stride.</param>
    /// <param name="target">Length stride.</param>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product(float* panel, int count, int stride, float* p, float* target)
    {
        float* sums = stackalloc float[4];
        for (int row = 0; row < count; row += 4)
        {
            Products(panel, stride, p).Store(sums);
            AddRows(panel, stride, sums, target);
            panel += 4 * stride;
        }
    }

    /// <summary>target += Pᵀ·(c − P·x), and squares += the diagonal of PᵀP.</summary>
    /// <param name="panel">P, count × stride.</param>
    /// <param name="pulls">c, length count.</param>
    /// <param name="count">A multiple of 4.</param>
    /// <param name="stride">A multiple of 16.</param>
    /// <param name="x">Length stride.</param>
    /// <param name="target">Length stride.</param>
    /// <param name="squares">Length stride.</param>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Residual(float* panel, float* pulls, int count, int stride, float* x, float* target, float* squares)
    {
        float* sums = stackalloc float[4];
        for (int row = 0; row < count; row += 4)
        {
            (Vector128.Load(pulls + row) - Products(panel, stride, x)).Store(sums);
            AddRows(panel, stride, sums, target);
            for (int lane = 0; lane < stride; lane += TLanes.Count)
            {
                float* y = panel + lane;
                TLanes y0 = TLanes.Load(y), y1 = TLanes.Load(y + stride), y2 = TLanes.Load(y + (2 * stride)), y3 = TLanes.Load(y + (3 * stride));
                TLanes even = TLanes.MultiplyAdd(y2, y2, TLanes.MultiplyAdd(y0, y0, TLanes.Load(squares + lane)));
                TLanes.Store(TLanes.Add(even, TLanes.MultiplyAdd(y3, y3, TLanes.Multiply(y1, y1))), squares + lane);
            }

            panel += 4 * stride;
        }
    }

    /// <summary>errors = keep·errors + change·(P·p), over some neighbouring columns of P.</summary>
    /// <param name="panel">The first of the columns.</param>
    /// <param name="count">A multiple of 4.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="p">Length columns.</param>
    /// <param name="columns">How many columns, a multiple of 16.</param>
    /// <param name="keep">1 or −1.</param>
    /// <param name="change">1 or −1.</param>
    /// <param name="errors">Length count.</param>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Errors(float* panel, int count, int stride, float* p, int columns, float keep, float change, float* errors)
    {
        for (int row = 0; row < count; row += 4)
        {
            TLanes d0 = TLanes.Zero, d1 = TLanes.Zero, d2 = TLanes.Zero, d3 = TLanes.Zero;
            for (int lane = 0; lane < columns; lane += TLanes.Count)
            {
                TLanes direction = TLanes.Load(p + lane);
                float* y = panel + lane;
                d0 = TLanes.MultiplyAdd(TLanes.Load(y), direction, d0);
                d1 = TLanes.MultiplyAdd(TLanes.Load(y + stride), direction, d1);
                d2 = TLanes.MultiplyAdd(TLanes.Load(y + (2 * stride)), direction, d2);
                d3 = TLanes.MultiplyAdd(TLanes.Load(y + (3 * stride)), direction, d3);
            }

            ((keep * Vector128.Load(errors + row)) + (change * TLanes.Sums(d0, d1, d2, d3))).Store(errors + row);
            panel += 4 * stride;
        }
    }

    /// <summary>target += P_Bᵀ·e, over some neighbouring columns of P.</summary>
    /// <param name="panel">The first of the columns.</param>
    /// <param name="errors">e, length count.</param>
    /// <param name="count">A multiple of 4.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="columns">How many columns, a multiple of 16.</param>
    /// <param name="target">Length columns.</param>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddColumns(float* panel, float* errors, int count, int stride, int columns, float* target)
    {
        for (int lane = 0; lane < columns; lane += TLanes.Count)
        {
            float* y = panel + lane;
            TLanes s0 = TLanes.Load(target + lane), s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
            for (int row = 0; row < count; row += 4)
            {
                s0 = TLanes.MultiplyAdd(TLanes.Spread(errors[row]), TLanes.Load(y), s0);
                s1 = TLanes.MultiplyAdd(TLanes.Spread(errors[row + 1]), TLanes.Load(y + stride), s1);
                s2 = TLanes.MultiplyAdd(TLanes.Spread(errors[row + 2]), TLanes.Load(y + (2 * stride)), s2);
                s3 = TLanes.MultiplyAdd(TLanes.Spread(errors[row + 3]), TLanes.Load(y + (3 * stride)), s3);
                y += 4 * stride;
            }

            TLanes.Store(TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3)), target + lane);
        }
    }

    /// <summary>target += sign·(G·p + ρ·p).</summary>
    /// <param name="gram">G, stride × stride.</param>
    /// <param name="stride">A multiple of 16.</param>
    /// <param name="p">Length stride.</param>
    /// <param name="sign">1 or −1.</param>
    /// <param name="ridge">ρ.</param>
    /// <param name="target">Length stride.</param>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dense(float* gram, int stride, float* p, float sign, float ridge, float* target)
    {
        for (int lane = 0; lane < stride; lane += TLanes.Count)
        {
            float* column = gram + lane;
            TLanes even = TLanes.Multiply(TLanes.Spread(ridge), TLanes.Load(p + lane));
            TLanes odd = TLanes.Zero;
            for (int row = 0; row < stride; row += 2)
            {
                even = TLanes.MultiplyAdd(TLanes.Spread(p[row]), TLanes.Load(column), even);
                odd = TLanes.MultiplyAdd(TLanes.Spread(p[row + 1]), TLanes.Load(column + stride), odd);
                column += 2 * stride;
            }

            TLanes.Store(TLanes.MultiplyAdd(TLanes.Spread(sign), TLanes.Add(even, odd), TLanes.Load(target + lane)), target + lane);
        }
    }

    /// <summary>The inner products of four rows with p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Products(float* panel, int stride, float* p)
    {
        TLanes d0 = TLanes.Zero, d1 = TLanes.Zero, d2 = TLanes.Zero, d3 = TLanes.Zero;
        for (int lane = 0; lane < stride; lane += TLanes.Count)
        {
            TLanes direction = TLanes.Load(p + lane);
            float* y = panel + lane;
            d0 = TLanes.MultiplyAdd(TLanes.Load(y), direction, d0);
            d1 = TLanes.MultiplyAdd(TLanes.Load(y + stride), direction, d1);
            d2 = TLanes.MultiplyAdd(TLanes.Load(y + (2 * stride)), direction, d2);
            d3 = TLanes.MultiplyAdd(TLanes.Load(y + (3 * stride)), direction, d3);
        }

        return TLanes.Sums(d0, d1, d2, d3);
    }

    /// <summary>target += Σ factor·row over four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRows(float* panel, int stride, float* factors, float* target)
    {
        TLanes f0 = TLanes.Spread(factors[0]), f1 = TLanes.Spread(factors[1]), f2 = TLanes.Spread(factors[2]), f3 = TLanes.Spread(factors[3]);
        for (int lane = 0; lane < stride; lane += TLanes.Count)
        {
            float* y = panel + lane;
            TLanes even = TLanes.MultiplyAdd(f0, TLanes.Load(y), TLanes.Load(target + lane));
            TLanes odd = TLanes.Multiply(f1, TLanes.Load(y + stride));
            even = TLanes.MultiplyAdd(f2, TLanes.Load(y + (2 * stride)), even);
            odd = TLanes.MultiplyAdd(f3, TLanes.Load(y + (3 * stride)), odd);
            TLanes.Store(TLanes.Add(even, odd), target + lane);
        }
    }
}
