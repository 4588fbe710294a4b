using System.Runtime.CompilerServices;
using Aisle.Numerics;

namespace Aisle.Factorization.Solvers;

/// <summary>Improves each row's previous solution by a few preconditioned conjugate-gradient steps, without ever
/// forming the row's matrix.</summary>
/// <remarks>Hestenes and Stiefel (1952); Takács, Pilászy and Tikk (2011), "Applications of the conjugate gradient method for implicit
/// feedback collaborative filtering". A·p = g·G·p + ρ·p + Pᵀ·(P·p), where P is gathered once and stays in the cache. The preconditioner is
/// the diagonal of A: where the known factors were turned so that G is diagonal, that is most of A, so that two steps do what three do
/// without. The exact solution is <see cref="NormalEquations"/>'s, which enough steps reach.</remarks>
internal sealed unsafe class ConjugateGradientRowSolver<TLanes> : IRowSolver
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Rows of the panel, a multiple of 4: 2,048 × 64 floats are 512 KiB, half of a second-level cache. Longer rows
    /// are gathered again for each pass.</summary>
    private const int PanelRows = 2048;

    /// <summary>A squared residual this small, relative to the first, ends the steps: float32 has no more digits.</summary>
    private const float Converged = 1e-12f;

    private readonly int _stride;
    private readonly int _steps;
    private readonly AlignedBuffer _gram;
    private readonly AlignedBuffer _panel;
    private readonly AlignedBuffer _pulls = new(PanelRows);
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
        _panel = new AlignedBuffer((long)PanelRows * _stride);
        _scratch = new AlignedBuffer(6L * _stride);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gram.Dispose();
        _panel.Dispose();
        _pulls.Dispose();
        _scratch.Dispose();
    }

    /// <inheritdoc/>
    public void Solve(HalfStep step, int first, int end)
    {
        if (!ReferenceEquals(step, _prepared))
        {
            _prepared = step;
            step.CopyGram(_gram.Pointer, paddingDiagonal: 0);
            for (int factor = 0; factor < _stride; factor++)
            {
                _scratch.Pointer[(5 * _stride) + factor] = _gram.Pointer[((long)factor * _stride) + factor];
            }
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
        float* diagonal = product + _stride;
        float* scaled = diagonal + _stride;
        float ridge = step.Ridges[row];
        Start(step, row, x, residual, diagonal);
        Unobserved(step, x, -1, ridge, residual);
        Invert(diagonal, ridge);
        float slope = Scale(residual, diagonal, scaled);
        Buffer.MemoryCopy(scaled, direction, sizeof(float) * _stride, sizeof(float) * _stride);
        float least = slope * Converged;
        for (int taken = 0; taken < _steps && slope > least; taken++)
        {
            Observed(step, row, direction, product);
            Unobserved(step, direction, 1, ridge, product);
            float length = slope / Dot(direction, product);
            AddScaled(x, length, direction, x);
            if (taken + 1 < _steps)
            {
                AddScaled(residual, -length, product, residual);
                float next = Scale(residual, diagonal, scaled);
                AddScaled(scaled, next / slope, direction, direction);
                slope = next;
            }
        }
    }

    /// <summary>residual = Pᵀ·(c − P·x) and diagonal = that of PᵀP.</summary>
    private void Start(HalfStep step, int row, float* x, float* residual, float* diagonal)
    {
        new Span<float>(residual, _stride).Clear();
        new Span<float>(diagonal, _stride).Clear();
        int begin = step.Rows.Starts[row], end = step.Rows.Starts[row + 1];
        for (int first = begin; first < end; first += PanelRows)
        {
            GradientPasses<TLanes>.Residual(_panel.Pointer, _pulls.Pointer, Gather(step, first, end), _stride, x, residual, diagonal);
        }
    }

    /// <summary>product = Pᵀ·(P·p).</summary>
    private void Observed(HalfStep step, int row, float* p, float* product)
    {
        new Span<float>(product, _stride).Clear();
        int begin = step.Rows.Starts[row], end = step.Rows.Starts[row + 1];
        for (int first = begin; first < end; first += PanelRows)
        {
            int count = end - begin <= PanelRows ? Padded(end - begin) : Gather(step, first, end);
            GradientPasses<TLanes>.Product(_panel.Pointer, count, _stride, p, product);
        }
    }

    /// <summary>Fills the panel with a row's next interactions, and with zeros up to a multiple of 4, which it returns.</summary>
    private int Gather(HalfStep step, int first, int end)
    {
        int count = Math.Min(PanelRows, end - first);
        int padded = Padded(count);
        RowGather<TLanes>.Scaled(step, first, count, _panel.Pointer, _pulls.Pointer);
        new Span<float>(_panel.Pointer + ((long)count * _stride), (padded - count) * _stride).Clear();
        new Span<float>(_pulls.Pointer + count, padded - count).Clear();
        return padded;
    }

    private static int Padded(int count) => (count + 3) / 4 * 4;

    /// <summary>target += sign·(g·G·p + ρ·p).</summary>
    private void Unobserved(HalfStep step, float* p, float sign, float ridge, float* target)
    {
        if (step.Spectrum is null)
        {
            GradientPasses<TLanes>.Dense(_gram.Pointer, _stride, p, sign, ridge, target);
        }
        else
        {
            AddProduct(_scratch.Pointer + (5 * _stride), p, sign, ridge, target);
        }
    }

    /// <summary>target += sign·(spectrum + ρ)·p, factor by factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddProduct(float* spectrum, float* p, float sign, float ridge, float* target)
    {
        TLanes signs = TLanes.Spread(sign), ridges = TLanes.Spread(ridge);
        for (int lane = 0; lane < _stride; lane += TLanes.Count)
        {
            TLanes weight = TLanes.Multiply(signs, TLanes.Add(TLanes.Load(spectrum + lane), ridges));
            TLanes.Store(TLanes.MultiplyAdd(weight, TLanes.Load(p + lane), TLanes.Load(target + lane)), target + lane);
        }
    }

    /// <summary>diagonal = 1 / (g·diag G + ρ + diagonal).</summary>
    private void Invert(float* diagonal, float ridge)
    {
        TLanes one = TLanes.Spread(1), ridges = TLanes.Spread(ridge);
        for (int lane = 0; lane < _stride; lane += TLanes.Count)
        {
            TLanes unobserved = TLanes.Add(TLanes.Load(_scratch.Pointer + (5 * _stride) + lane), ridges);
            TLanes.Store(TLanes.Divide(one, TLanes.Add(unobserved, TLanes.Load(diagonal + lane))), diagonal + lane);
        }
    }

    /// <summary>scaled = residual·diagonal, factor by factor; returns residual·scaled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Scale(float* residual, float* diagonal, float* scaled)
    {
        TLanes sum = TLanes.Zero;
        for (int lane = 0; lane < _stride; lane += TLanes.Count)
        {
            TLanes value = TLanes.Multiply(TLanes.Load(residual + lane), TLanes.Load(diagonal + lane));
            TLanes.Store(value, scaled + lane);
            sum = TLanes.MultiplyAdd(value, TLanes.Load(residual + lane), sum);
        }

        return TLanes.Sum(sum);
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

    /// <summary>target = left + factor·right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddScaled(float* left, float factor, float* right, float* target)
    {
        TLanes factors = TLanes.Spread(factor);
        for (int lane = 0; lane < _stride; lane += TLanes.Count)
        {
            TLanes.Store(TLanes.MultiplyAdd(factors, TLanes.Load(right + lane), TLanes.Load(left + lane)), target + lane);
        }
    }
}
