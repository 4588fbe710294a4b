using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Aisle.Numerics;

namespace Aisle.Factorization;

/// <summary>Improves each row's previous solution by a few conjugate-gradient steps, without ever forming the row's matrix.</summary>
/// <remarks>Hestenes and Stiefel (1952); Takács, Pilászy and Tikk (2011), "Applications of the conjugate gradient method for implicit feedback collaborative filtering".
/// A·p = g·G·p + ρ·p + Σ w·(y·p)·y. The exact solution is <see cref="NormalEquations"/>'s, which enough steps reach.</remarks>
internal sealed unsafe class ConjugateGradientRowSolver<TLanes> : IRowSolver
    where TLanes : struct, ILanes<TLanes>
{
    private const int PrefetchAhead = 64;

    /// <summary>A squared residual this small, relative to the first, ends the steps: float32 has no more digits.</summary>
    private const float Converged = 1e-12f;

    private readonly int _stride;
    private readonly int _steps;
    private readonly AlignedBuffer _gram;
    private readonly AlignedBuffer _scratch;
    private HalfStep? _prepared;

    /// <summary>Reserves scratch memory.</summary>
    /// <param name="width">f.</param>
    /// <param name="steps">How many steps each row gets, positive.</param>
    public ConjugateGradientRowSolver(int width, int steps)
    {
        _stride = PaddedFactors.Padded(width);
        _steps = steps;
        _gram = new AlignedBuffer((long)_stride * _stride);
        _scratch = new AlignedBuffer(4L * _stride);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gram.Dispose();
        _scratch.Dispose();
    }

    /// <inheritdoc/>
    public void Solve(HalfStep step, int first, int end)
    {
        if (!ReferenceEquals(step, _prepared))
        {
            _prepared = step;
            step.CopyGram(_gram.Pointer, paddingDiagonal: 0);
        }

        for (int row = first; row < end; row++)
        {
            if (step.Rows.ItemsOf(row).IsEmpty)
            {
                step.Solved.Row(row).Clear();
            }
            else
            {
                SolveRow(step, row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SolveRow(HalfStep step, int row)
    {
        float* x = step.Solved.Pointer + ((long)row * _stride);
        float* residual = _scratch.Pointer;
        float* direction = residual + _stride;
        float* product = direction + _stride;
        float ridge = (float)step.Loss.Ridge(IalsLoss.Sum(step.Rows.WeightsOf(row)), step.Known.Count);
        Dense(x, -1, ridge, residual);
        Observed(step, row, x, -1, withTargets: true, residual);
        Buffer.MemoryCopy(residual, direction, sizeof(float) * _stride, sizeof(float) * _stride);
        float squared = Dot(residual, residual);
        float least = squared * Converged;
        for (int taken = 0; taken < _steps && squared > least; taken++)
        {
            Dense(direction, 1, ridge, product);
            Observed(step, row, direction, 1, withTargets: false, product);
            float length = squared / Dot(direction, product);
            AddScaled(x, length, direction);
            AddScaled(residual, -length, product);
            float next = Dot(residual, residual);
            Scale(direction, next / squared);
            AddScaled(direction, 1, residual);
            squared = next;
        }
    }

    /// <summary>target = sign·(g·G·p + ρ·p).</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Dense(float* p, float sign, float ridge, float* target)
    {
        for (int lane = 0; lane < _stride; lane += TLanes.Count)
        {
            float* gram = _gram.Pointer + lane;
            TLanes even = TLanes.Multiply(TLanes.Spread(ridge), TLanes.Load(p + lane));
            TLanes odd = TLanes.Zero;
            for (int row = 0; row < _stride; row += 2)
            {
                even = TLanes.MultiplyAdd(TLanes.Spread(p[row]), TLanes.Load(gram), even);
                odd = TLanes.MultiplyAdd(TLanes.Spread(p[row + 1]), TLanes.Load(gram + _stride), odd);
                gram += 2 * _stride;
            }

            TLanes.Store(TLanes.Multiply(TLanes.Spread(sign), TLanes.Add(even, odd)), target + lane);
        }
    }

    /// <summary>target += Σ (sign·w·(y·p) [+ t])·y over the row's observed y, four at a time.</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Observed(HalfStep step, int row, float* p, float sign, bool withTargets, float* target)
    {
        ReadOnlySpan<int> columns = step.Rows.AllItems;
        ReadOnlySpan<float> weights = step.Rows.AllWeights;
        float* known = step.Known.Pointer;
        int end = step.Rows.Starts[row + 1];
        int position = step.Rows.Starts[row];
        for (; position + 4 <= end; position += 4)
        {
            for (int ahead = 0; withTargets && ahead < 4; ahead++)
            {
                Prefetch(known, columns, position + PrefetchAhead + ahead);
            }

            float* y0 = known + ((long)columns[position] * _stride);
            float* y1 = known + ((long)columns[position + 1] * _stride);
            float* y2 = known + ((long)columns[position + 2] * _stride);
            float* y3 = known + ((long)columns[position + 3] * _stride);
            TLanes d0 = TLanes.Zero, d1 = TLanes.Zero, d2 = TLanes.Zero, d3 = TLanes.Zero;
            for (int lane = 0; lane < _stride; lane += TLanes.Count)
            {
                TLanes direction = TLanes.Load(p + lane);
                d0 = TLanes.MultiplyAdd(TLanes.Load(y0 + lane), direction, d0);
                d1 = TLanes.MultiplyAdd(TLanes.Load(y1 + lane), direction, d1);
                d2 = TLanes.MultiplyAdd(TLanes.Load(y2 + lane), direction, d2);
                d3 = TLanes.MultiplyAdd(TLanes.Load(y3 + lane), direction, d3);
            }

            TLanes f0 = TLanes.Spread(Factor(step, weights[position], sign * TLanes.Sum(d0), withTargets));
            TLanes f1 = TLanes.Spread(Factor(step, weights[position + 1], sign * TLanes.Sum(d1), withTargets));
            TLanes f2 = TLanes.Spread(Factor(step, weights[position + 2], sign * TLanes.Sum(d2), withTargets));
            TLanes f3 = TLanes.Spread(Factor(step, weights[position + 3], sign * TLanes.Sum(d3), withTargets));
            for (int lane = 0; lane < _stride; lane += TLanes.Count)
            {
                TLanes even = TLanes.MultiplyAdd(f0, TLanes.Load(y0 + lane), TLanes.Load(target + lane));
                TLanes odd = TLanes.Multiply(f1, TLanes.Load(y1 + lane));
                even = TLanes.MultiplyAdd(f2, TLanes.Load(y2 + lane), even);
                odd = TLanes.MultiplyAdd(f3, TLanes.Load(y3 + lane), odd);
                TLanes.Store(TLanes.Add(even, odd), target + lane);
            }
        }

        for (; position < end; position++)
        {
            float* y = known + ((long)columns[position] * _stride);
            AddScaled(target, Factor(step, weights[position], sign * Dot(y, p), withTargets), y);
        }
    }

    /// <summary>w·(y·p), and t besides when the targets count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Factor(HalfStep step, float weight, float product, bool withTargets) =>
        (step.Loss.Extra(weight) * product) + (withTargets ? step.Loss.Target(weight) : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(float* known, ReadOnlySpan<int> columns, int index)
    {
        if (Sse.IsSupported && (uint)index < (uint)columns.Length)
        {
            byte* row = (byte*)(known + ((long)columns[index] * _stride));
            for (int line = 0; line < _stride * sizeof(float); line += 64)
            {
                Sse.Prefetch0(row + line);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Dot(float* left, float* right)
    {
        TLanes sum = TLanes.Zero;
        for (int lane = 0; lane < _stride; lane += TLanes.Count)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(left + lane), TLanes.Load(right + lane), sum);
        }

        return TLanes.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddScaled(float* target, float factor, float* source)
    {
        TLanes factors = TLanes.Spread(factor);
        for (int lane = 0; lane < _stride; lane += TLanes.Count)
        {
            TLanes.Store(TLanes.MultiplyAdd(factors, TLanes.Load(source + lane), TLanes.Load(target + lane)), target + lane);
        }
    }

    private void Scale(float* target, float factor)
    {
        for (int lane = 0; lane < _stride; lane += TLanes.Count)
        {
            TLanes.Store(TLanes.Multiply(TLanes.Spread(factor), TLanes.Load(target + lane)), target + lane);
        }
    }
}
