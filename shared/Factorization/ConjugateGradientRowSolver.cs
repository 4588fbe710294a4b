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

    /// <summary>target += Σ (sign·w·(y·p) [+ t])·y over the row's observed y.</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Observed(HalfStep step, int row, float* p, float sign, bool withTargets, float* target)
    {
        ReadOnlySpan<int> columns = step.Rows.AllItems;
        ReadOnlySpan<float> weights = step.Rows.AllWeights;
        float* known = step.Known.Pointer;
        for (int position = step.Rows.Starts[row]; position < step.Rows.Starts[row + 1]; position++)
        {
            if (withTargets)
            {
                Prefetch(known, columns, position + PrefetchAhead);
            }

            float* y = known + ((long)columns[position] * _stride);
            float pull = withTargets ? step.Loss.Target(weights[position]) : 0;
            float factor = (sign * step.Loss.Extra(weights[position]) * Dot(y, p)) + pull;
            AddScaled(target, factor, y);
        }
    }

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
