using System.Runtime.CompilerServices;
using Aisle.Numerics;

namespace Aisle.Factorization.Solvers;

/// <summary>Solves each row's normal equations exactly, two rows at a time.</summary>
/// <remarks>Short rows go to <see cref="ShortRowSolver{TLanes}"/>. Of the others, rows scaled by √w are gathered into a panel P that stays
/// in the first-level cache, and A = g·G + ρ·I + PᵀP takes the panel at once. A row too ill-conditioned for float32 is solved again by
/// <see cref="NormalEquations"/> in double precision. The same numbers come out whatever rows are paired.</remarks>
internal sealed unsafe class ExactRowSolver<TLanes> : IRowSolver
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Short rows are sorted by how many times 16 equations they need.</summary>
    private const int ShortStep = 16;

    private const int PanelRows = RowGather<TLanes>.PanelRows;

    private readonly int _stride;
    private readonly AlignedBuffer _scratch;
    private readonly AlignedBuffer _panel;
    private readonly AlignedBuffer _pulls = new(PanelRows);
    private readonly AlignedBuffer _gram;
    private readonly SymmetricSystem _first;
    private readonly SymmetricSystem _second;
    private readonly ShortRowSolver<TLanes>[] _short;
    private HalfStep? _prepared;
    private int _waiting = -1;

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
        int longest = Math.Min(PanelRows, _stride - ShortStep);
        _short = [.. Enumerable.Range(1, longest / ShortStep).Select(size => new ShortRowSolver<TLanes>(size * ShortStep, _stride))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scratch.Dispose();
        _panel.Dispose();
        _pulls.Dispose();
        _gram.Dispose();
        Array.ForEach(_short, solver => solver.Dispose());
    }

    /// <inheritdoc/>
    public void Solve(HalfStep step, int first, int end)
    {
        Prepare(step);
        for (int row = first; row < end; row++)
        {
            int count = step.Rows.ItemsOf(row).Length;
            if (count == 0)
            {
                step.Solved.Row(row).Clear();
            }
            else if (step.Spectrum is not null && count <= ShortStep * _short.Length)
            {
                _short[(count - 1) / ShortStep].Solve(step, row);
            }
            else
            {
                SolveLong(step, row);
            }
        }

        Flush(step);
    }

    private void SolveLong(HalfStep step, int row)
    {
        if (_waiting < 0)
        {
            _waiting = row;
            Build(step, row, _first);
        }
        else
        {
            Build(step, row, _second);
            Finish(step, _waiting, row);
            _waiting = -1;
        }
    }

    /// <summary>Solves the rows that wait for a partner.</summary>
    private void Flush(HalfStep step)
    {
        Array.ForEach(_short, solver => solver.Flush(step));
        if (_waiting >= 0)
        {
            CholeskyPair<TLanes>.Copy(_first, _second, _stride);
            Finish(step, _waiting, _waiting);
            _waiting = -1;
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
            if (step.Spectrum is not null)
            {
                Array.ForEach(_short, solver => solver.Prepare(step));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Build(HalfStep step, int row, SymmetricSystem system)
    {
        ReadOnlySpan<int> columns = step.Rows.ItemsOf(row);
        bool isDiagonal = step.Spectrum is not null;
        if (!isDiagonal)
        {
            Buffer.MemoryCopy(_gram.Pointer, system.A, sizeof(float) * _gram.Length, sizeof(float) * _gram.Length);
        }

        new Span<float>(system.B, _stride).Clear();
        int position = step.Rows.Starts[row];
        for (int start = 0; start < columns.Length; start += PanelRows)
        {
            int count = Math.Min(PanelRows, columns.Length - start);
            RowGather<TLanes>.Scaled(step, position + start, count, _panel.Pointer, _pulls.Pointer);
            AddRightSide(count, system.B);
            if (isDiagonal && start == 0)
            {
                SymmetricUpdate<TLanes>.Set(_panel.Pointer, count, _stride, system.A);
            }
            else
            {
                SymmetricUpdate<TLanes>.Add(_panel.Pointer, count, _stride, system.A, 1, 0, _stride);
            }
        }

        AddDiagonal(step.Ridges[row], isDiagonal, system.A);
    }

    /// <summary>A += ρ·I, and g·G where it is nothing but a diagonal.</summary>
    private void AddDiagonal(float ridge, bool withGram, float* a)
    {
        for (int i = 0; i < _stride; i++)
        {
            long place = ((long)i * _stride) + i;
            a[place] += ridge + (withGram ? _gram.Pointer[place] : 0);
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
}
