using System.Runtime.CompilerServices;
using Aisle.Numerics;

namespace Aisle.Factorization.Solvers;

/// <summary>Solves rows of few interactions by as many equations as there are interactions, instead of f; two rows at a time.</summary>
/// <remarks>With g·G + ρ·I = D diagonal and P the row's scaled factors, (D + PᵀP)⁻¹·Pᵀ·c = D⁻¹·Pᵀ·(I + P·D⁻¹·Pᵀ)⁻¹·c
/// (Woodbury 1950, push-through form). One of these serves one number of equations, a multiple of 16; fewer interactions
/// leave equations that say z = 0.</remarks>
internal sealed unsafe class ShortRowSolver<TLanes> : IDisposable
    where TLanes : struct, ILanes<TLanes>
{
    private readonly int _equations;
    private readonly int _stride;
    private readonly AlignedBuffer _scratch;
    private readonly float* _transposed;
    private readonly float* _spectrum;
    private readonly Side _first;
    private readonly Side _second;
    private int _waiting = -1;

    /// <summary>Reserves scratch memory.</summary>
    /// <param name="equations">How many interactions a row may have, a multiple of 16.</param>
    /// <param name="stride">f, rounded up to a multiple of 16.</param>
    public ShortRowSolver(int equations, int stride)
    {
        _equations = equations;
        _stride = stride;
        long panel = (long)equations * stride;
        _scratch = new AlignedBuffer(panel + stride + (2 * Side.Size(equations, stride)));
        _transposed = _scratch.Pointer;
        _spectrum = _transposed + panel;
        _first = new Side(_spectrum + stride, equations, stride);
        _second = new Side(_spectrum + stride + Side.Size(equations, stride), equations, stride);
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    /// <summary>Takes over the diagonal of a new half-step.</summary>
    public void Prepare(HalfStep step)
    {
        new Span<float>(_spectrum, _stride).Clear();
        for (int factor = 0; factor < step.Spectrum!.Length; factor++)
        {
            _spectrum[factor] = (float)(step.Loss.GramWeight * step.Spectrum[factor]);
        }
    }

    /// <summary>Solves a row now or together with the next one.</summary>
    public void Solve(HalfStep step, int row)
    {
        if (_waiting < 0)
        {
            _waiting = row;
            Build(step, row, _first);
        }
        else
        {
            Build(step, row, _second);
            Finish(step, row);
        }
    }

    /// <summary>Solves the row that is still waiting for a partner, if there is one.</summary>
    public void Flush(HalfStep step)
    {
        if (_waiting >= 0)
        {
            CholeskyPair<TLanes>.Copy(_first.System, _second.System, _equations);
            Finish(step, -1);
        }
    }

    private void Finish(HalfStep step, int secondRow)
    {
        int solved = CholeskyPair<TLanes>.Solve(_first.System, _second.System, _equations);
        Write(step, _waiting, _first, (solved & 1) != 0);
        if (secondRow >= 0)
        {
            Write(step, secondRow, _second, (solved & 2) != 0);
        }

        _waiting = -1;
    }

    private void Build(HalfStep step, int row, Side side)
    {
        int start = step.Rows.Starts[row];
        int count = step.Rows.Starts[row + 1] - start;
        new Span<float>(side.Panel + ((long)count * _stride), (_equations - count) * _stride).Clear();
        new Span<float>(side.System.B, _equations).Clear();
        RowGather<TLanes>.Scaled(step, start, count, side.Panel, side.System.B);
        Whiten(step.Ridges[row], side);
        SymmetricUpdate<TLanes>.Set(_transposed, _stride, _equations, side.System.A);
        for (int equation = 0; equation < _equations; equation++)
        {
            side.System.A[(equation * _equations) + equation] += 1;
        }
    }

    /// <summary>Notes D⁻¹, and writes (P·D^(−½))ᵀ.</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Whiten(float ridge, Side side)
    {
        TLanes one = TLanes.Spread(1), ridges = TLanes.Spread(ridge);
        for (int lane = 0; lane < _stride; lane += TLanes.Count)
        {
            TLanes inverse = TLanes.Divide(one, TLanes.Add(TLanes.Load(_spectrum + lane), ridges));
            TLanes root = TLanes.SquareRoot(inverse);
            TLanes.Store(inverse, side.Inverse + lane);
            float* target = _transposed + ((long)lane * _equations);
            float* source = side.Panel + lane;
            for (int row = 0; row < _equations; row += 4)
            {
                TLanes.StoreTransposed(
                    TLanes.Multiply(root, TLanes.Load(source)),
                    TLanes.Multiply(root, TLanes.Load(source + _stride)),
                    TLanes.Multiply(root, TLanes.Load(source + (2 * _stride))),
                    TLanes.Multiply(root, TLanes.Load(source + (3 * _stride))),
                    target + row,
                    _equations);
                source += 4 * _stride;
            }
        }
    }

    private void Write(HalfStep step, int row, Side side, bool solved)
    {
        if (solved)
        {
            Expand(step.Rows.Starts[row + 1] - step.Rows.Starts[row], side, step.Solved.Pointer + ((long)row * _stride));
        }
        else
        {
            NormalEquations.Solve(step, row);
        }
    }

    /// <summary>x = D⁻¹·Pᵀ·z.</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Expand(int count, Side side, float* x)
    {
        for (int lane = 0; lane < _stride; lane += TLanes.Count)
        {
            float* row = side.Panel + lane;
            TLanes even = TLanes.Zero, odd = TLanes.Zero;
            int index = 0;
            for (; index + 2 <= count; index += 2)
            {
                even = TLanes.MultiplyAdd(TLanes.Spread(side.System.X[index]), TLanes.Load(row), even);
                odd = TLanes.MultiplyAdd(TLanes.Spread(side.System.X[index + 1]), TLanes.Load(row + _stride), odd);
                row += 2 * _stride;
            }

            if (index < count)
            {
                even = TLanes.MultiplyAdd(TLanes.Spread(side.System.X[index]), TLanes.Load(row), even);
            }

            TLanes.Store(TLanes.Multiply(TLanes.Load(side.Inverse + lane), TLanes.Add(even, odd)), x + lane);
        }
    }

    /// <summary>The memory of one of the two rows.</summary>
    private readonly struct Side(float* scratch, int equations, int stride)
    {
        /// <summary>P, equations × stride.</summary>
        public readonly float* Panel = scratch;

        /// <summary>D⁻¹.</summary>
        public readonly float* Inverse = scratch + ((long)equations * stride);

        /// <summary>I + P·D⁻¹·Pᵀ and c.</summary>
        public readonly SymmetricSystem System = new(scratch + ((long)equations * stride) + stride, equations);

        /// <summary>How many numbers it takes.</summary>
        public static long Size(int equations, int stride) => ((long)equations * stride) + stride + (SymmetricSystem.Size(equations) + 15) / 16 * 16;
    }
}
