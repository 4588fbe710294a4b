using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Aisle.Numerics;

namespace Aisle.Factorization;

/// <summary>Solves each row's normal equations exactly, two rows at a time.</summary>
/// <remarks>Rows scaled by √w are gathered into a panel P that stays in the first-level cache, and A = g·G + ρ·I + PᵀP takes the panel at once. A row too
/// ill-conditioned for float32 is solved again by <see cref="NormalEquations"/> in double precision. The same numbers come out whatever rows are paired.</remarks>
internal sealed unsafe class ExactRowSolver<TLanes> : IRowSolver
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Rows of a panel: 48 × 64 floats are 12 KiB, a quarter of the smallest first-level cache in use.</summary>
    private const int PanelRows = 48;

    /// <summary>How many interactions ahead the gathered rows are called from memory.</summary>
    private const int PrefetchAhead = 64;

    private readonly int _stride;
    private readonly AlignedBuffer _scratch;
    private readonly AlignedBuffer _panel;
    private readonly AlignedBuffer _pulls = new(PanelRows);
    private readonly AlignedBuffer _gram;
    private readonly SymmetricSystem _first;
    private readonly SymmetricSystem _second;
    private HalfStep? _prepared;

    /// <summary>Reserves scratch memory.</summary>
    /// <param name="width">f.</param>
    public ExactRowSolver(int width)
    {
        _stride = PaddedFactors.Padded(width);
        _panel = new AlignedBuffer((long)PanelRows * _stride);
        _gram = new AlignedBuffer((long)_stride * _stride);
        _scratch = new AlignedBuffer(2 * SymmetricSystem.Size(_stride));
        _first = new SymmetricSystem(_scratch.Pointer, _stride);
        _second = new SymmetricSystem(_scratch.Pointer + SymmetricSystem.Size(_stride), _stride);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scratch.Dispose();
        _panel.Dispose();
        _pulls.Dispose();
        _gram.Dispose();
    }

    /// <inheritdoc/>
    public void Solve(HalfStep step, int first, int end)
    {
        Prepare(step);
        int waiting = -1;
        for (int row = first; row < end; row++)
        {
            if (step.Rows.ItemsOf(row).IsEmpty)
            {
                step.Solved.Row(row).Clear();
            }
            else if (waiting < 0)
            {
                waiting = row;
                Build(step, row, _first);
            }
            else
            {
                Build(step, row, _second);
                Finish(step, waiting, row);
                waiting = -1;
            }
        }

        if (waiting >= 0)
        {
            CholeskyPair<TLanes>.Copy(_first, _second, _stride);
            Finish(step, waiting, waiting);
        }
    }

    private void Finish(HalfStep step, int firstRow, int secondRow)
    {
        int solved = CholeskyPair<TLanes>.Solve(_first, _second, _stride);
        Write(step, firstRow, _first, (solved & 1) != 0);
        Write(step, secondRow, _second, (solved & 2) != 0);
    }

    private static void Write(HalfStep step, int row, SymmetricSystem system, bool solved)
    {
        if (solved)
        {
            new ReadOnlySpan<float>(system.X, step.Known.Width).CopyTo(step.Solved.Row(row));
        }
        else
        {
            NormalEquations.Solve(step, row);
        }
    }

    /// <summary>Copies g·G into padded float32, once a half-step; the padding's diagonal is 1, so that the padded unknowns are 0.</summary>
    private void Prepare(HalfStep step)
    {
        if (!ReferenceEquals(step, _prepared))
        {
            _prepared = step;
            step.CopyGram(_gram.Pointer, paddingDiagonal: 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Build(HalfStep step, int row, SymmetricSystem system)
    {
        ReadOnlySpan<int> columns = step.Rows.ItemsOf(row);
        ReadOnlySpan<float> weights = step.Rows.WeightsOf(row);
        Buffer.MemoryCopy(_gram.Pointer, system.A, sizeof(float) * _gram.Length, sizeof(float) * _gram.Length);
        float ridge = (float)step.Loss.Ridge(IalsLoss.Sum(weights), step.Known.Count);
        for (int i = 0; i < _stride; i++)
        {
            system.A[((long)i * _stride) + i] += ridge;
            system.B[i] = 0;
        }

        int position = step.Rows.Starts[row];
        for (int start = 0; start < columns.Length; start += PanelRows)
        {
            int count = Math.Min(PanelRows, columns.Length - start);
            Gather(step, position + start, count);
            AddRightSide(count, system.B);
            SymmetricUpdate<TLanes>.Add(_panel.Pointer, count, _stride, system.A, 1, 0, _stride);
        }
    }

    /// <summary>Copies √w·y of the next interactions into the panel, and notes t/√w of each, whose products sum to the right-hand side.</summary>
    /// <param name="step">The half-step.</param>
    /// <param name="first">Where among all interactions they start; later ones, also of later rows, are called from memory in advance.</param>
    /// <param name="count">How many are copied.</param>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(HalfStep step, int first, int count)
    {
        float* known = step.Known.Pointer;
        ReadOnlySpan<int> columns = step.Rows.AllItems;
        ReadOnlySpan<float> weights = step.Rows.AllWeights.Slice(first, count);
        for (int index = 0; index < weights.Length; index++)
        {
            Prefetch(known, columns, first + index + PrefetchAhead);
            float* y = known + ((long)columns[first + index] * _stride);
            float* target = _panel.Pointer + ((long)index * _stride);
            float root = MathF.Sqrt(step.Loss.Extra(weights[index]));
            _pulls.Pointer[index] = step.Loss.Target(weights[index]) / root;
            TLanes scale = TLanes.Spread(root);
            for (int lane = 0; lane < _stride; lane += TLanes.Count)
            {
                TLanes.Store(TLanes.Multiply(TLanes.Load(y + lane), scale), target + lane);
            }
        }
    }

    /// <summary>b += Pᵀ·(t/√w), four vectors at a time.</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRightSide(int count, float* b)
    {
        int step = _stride % (4 * TLanes.Count) == 0 ? TLanes.Count : 0;
        for (int lane = 0; lane < _stride; lane += step == 0 ? TLanes.Count : 4 * TLanes.Count)
        {
            float* row = _panel.Pointer + lane;
            TLanes b0 = TLanes.Zero, b1 = TLanes.Zero, b2 = TLanes.Zero, b3 = TLanes.Zero;
            for (int index = 0; index < count; index++)
            {
                TLanes pull = TLanes.Spread(_pulls.Pointer[index]);
                b0 = TLanes.MultiplyAdd(pull, TLanes.Load(row), b0);
                if (step != 0)
                {
                    b1 = TLanes.MultiplyAdd(pull, TLanes.Load(row + step), b1);
                    b2 = TLanes.MultiplyAdd(pull, TLanes.Load(row + (2 * step)), b2);
                    b3 = TLanes.MultiplyAdd(pull, TLanes.Load(row + (3 * step)), b3);
                }

                row += _stride;
            }

            Accumulate(b + lane, b0);
            if (step != 0)
            {
                Accumulate(b + lane + step, b1);
                Accumulate(b + lane + (2 * step), b2);
                Accumulate(b + lane + (3 * step), b3);
            }
        }
    }

    private static void Accumulate(float* target, TLanes sum) => TLanes.Store(TLanes.Add(TLanes.Load(target), sum), target);

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
}
