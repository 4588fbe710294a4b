using System.Runtime.CompilerServices;
using Aisle.Numerics;

namespace Aisle.Factorization.Solvers;

/// <summary>Improves each row's previous solution by solving for one block of its factors after the other, the
/// rest held; two rows at a time.</summary>
/// <remarks>Rendle, Krichene, Zhang and Koren (2021), "iALS++: Speeding up matrix factorization with subspace optimization". For a block B:
/// x_B −= (g·G_BB + ρ·I + P_BᵀP_B)⁻¹·(g·(G·x)_B + ρ·x_B + P_Bᵀ·e), with e = P·x − c kept up to date.
/// O(f·b·interactions + f·b²·rows) for blocks of b.</remarks>
internal sealed unsafe class SubspaceRowSolver<TLanes> : IRowSolver
    where TLanes : struct, ILanes<TLanes>
{
    private readonly int _stride;
    private readonly int _block;
    private readonly AlignedBuffer _gram;
    private readonly Side _first;
    private readonly Side _second;
    private HalfStep? _prepared;

    /// <summary>Reserves scratch memory.</summary>
    /// <param name="width">f.</param>
    /// <param name="block">b, at most; rounded to a multiple of 16 that divides the padded f.</param>
    public SubspaceRowSolver(int width, int block)
    {
        _stride = PaddedFactors.Padded(width);
        _block = Enumerable.Range(1, Math.Max(1, block / 16)).Select(size => 16 * size).Last(size => _stride % size == 0);
        _gram = new AlignedBuffer((long)_stride * _stride);
        _first = new Side(_stride, _block);
        _second = new Side(_stride, _block);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gram.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    /// <inheritdoc/>
    public void Solve(HalfStep step, int first, int end)
    {
        if (!ReferenceEquals(step, _prepared))
        {
            _prepared = step;
            step.CopyGram(_gram.Pointer, paddingDiagonal: 1);
        }

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
                Start(step, row, _first);
            }
            else
            {
                Start(step, row, _second);
                SolveBlocks(step, waiting, row);
                waiting = -1;
            }
        }

        if (waiting >= 0)
        {
            SolveBlocks(step, waiting, -1);
        }
    }

    /// <summary>Gathers P and computes e = P·x − c.</summary>
    private void Start(HalfStep step, int row, Side side)
    {
        int start = step.Rows.Starts[row];
        int count = step.Rows.Starts[row + 1] - start;
        side.Reserve(count);
        RowGather<TLanes>.Scaled(step, start, count, side.Panel, side.Errors);
        new Span<float>(side.Panel + ((long)count * _stride), (side.Count - count) * _stride).Clear();
        new Span<float>(side.Errors + count, side.Count - count).Clear();
        new Span<float>(step.Solved.Pointer + ((long)row * _stride), _stride).CopyTo(new Span<float>(side.X, _stride));
        GradientPasses<TLanes>.Errors(side.Panel, side.Count, _stride, side.X, _stride, -1, 1, side.Errors);
    }

    private void SolveBlocks(HalfStep step, int firstRow, int secondRow)
    {
        bool holds = true, otherHolds = true;
        for (int block = 0; block < _stride; block += _block)
        {
            Build(step.Ridges[firstRow], block, _first);
            if (secondRow >= 0)
            {
                Build(step.Ridges[secondRow], block, _second);
            }
            else
            {
                CholeskyPair<TLanes>.Copy(_first.System, _second.System, _block);
            }

            int solved = CholeskyPair<TLanes>.Solve(_first.System, _second.System, _block);
            holds &= (solved & 1) != 0;
            otherHolds &= (solved & 2) != 0;
            Apply(block, _first);
            if (secondRow >= 0)
            {
                Apply(block, _second);
            }
        }

        Write(step, firstRow, _first, holds);
        if (secondRow >= 0)
        {
            Write(step, secondRow, _second, otherHolds);
        }
    }

    /// <summary>The block's matrix and gradient.</summary>
    private void Build(float ridge, int block, Side side)
    {
        for (int row = 0; row < _block; row++)
        {
            float* gram = _gram.Pointer + ((long)(block + row) * _stride);
            new ReadOnlySpan<float>(gram + block, _block).CopyTo(new Span<float>(side.System.A + (row * _block), _block));
            side.System.A[(row * _block) + row] += ridge;
            side.System.B[row] = Dot(gram, side.X) + (ridge * side.X[block + row]);
        }

        GradientPasses<TLanes>.AddColumns(side.Panel + block, side.Errors, side.Count, _stride, _block, side.System.B);
        for (int row = 0; row < _block; row += SymmetricUpdate<TLanes>.TileRows)
        {
            int column = row - (row % TLanes.Count);
            SymmetricUpdate<TLanes>.Strip(
                side.Panel + block + row, side.Panel + block + column, side.Count, _stride, _block - column, side.System.A + (row * _block) + column, _block, 1);
        }
    }

    /// <summary>x_B −= δ and e −= P_B·δ.</summary>
    private void Apply(int block, Side side)
    {
        for (int factor = 0; factor < _block; factor++)
        {
            side.X[block + factor] -= side.System.X[factor];
        }

        if (block + _block < _stride)
        {
            GradientPasses<TLanes>.Errors(side.Panel + block, side.Count, _stride, side.System.X, _block, 1, -1, side.Errors);
        }
    }

    private static void Write(HalfStep step, int row, Side side, bool solved)
    {
        if (solved)
        {
            new ReadOnlySpan<float>(side.X, step.Known.Width).CopyTo(step.Solved.Row(row));
        }
        else
        {
            NormalEquations.Solve(step, row);
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

    /// <summary>The memory of one of the two rows.</summary>
    private sealed class Side : IDisposable
    {
        private readonly int _stride;
        private readonly AlignedBuffer _scratch;
        private AlignedBuffer _panel;

        public Side(int stride, int block)
        {
            _stride = stride;
            _scratch = new AlignedBuffer(SymmetricSystem.Size(block) + stride);
            X = _scratch.Pointer;
            System = new SymmetricSystem(X + stride, block);
            _panel = new AlignedBuffer(64L * (stride + 1));
        }

        /// <summary>x.</summary>
        public float* X { get; }

        /// <summary>The block's equations.</summary>
        public SymmetricSystem System { get; }

        /// <summary>How many rows P has, a multiple of 4.</summary>
        public int Count { get; private set; }

        /// <summary>P.</summary>
        public float* Panel => _panel.Pointer;

        /// <summary>e, length <see cref="Count"/>.</summary>
        public float* Errors => _panel.Pointer + ((long)Count * _stride);

        /// <summary>Makes room for a row's interactions, rounded up to a multiple of 16.</summary>
        public void Reserve(int interactions)
        {
            Count = (interactions + 15) / 16 * 16;
            if (_panel.Length < (long)Count * (_stride + 1))
            {
                _panel.Dispose();
                _panel = new AlignedBuffer(2L * Count * (_stride + 1));
            }
        }

        public void Dispose()
        {
            _scratch.Dispose();
            _panel.Dispose();
        }
    }
}
