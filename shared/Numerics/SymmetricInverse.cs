namespace Aisle.Numerics;

/// <summary>Inverts a large symmetric positive definite matrix in place, in float32, by blocks and on all processors.</summary>
/// <remarks>The sweep operator (Goodnight 1979) on blocks of 128 rows: with A_KK = L·Lᵀ and T = L⁻¹·A_K·, all other entries lose TᵀT, the
/// block's rows become L⁻ᵀ·T and the block itself −A_KK⁻¹; when every block was swept, the matrix is −A⁻¹. n³ operations, nearly all in
/// <see cref="SymmetricUpdate{TLanes}"/>. Each entry is updated by one thread in a fixed order, so threads change no bit. The plain version
/// is <see cref="Cholesky"/> on unit vectors.</remarks>
internal sealed unsafe class SymmetricInverse : IDisposable
{
    private const int BlockRows = 128;

    /// <summary>Columns of a slab: two widest vectors; the matrix comes in whole slabs.</summary>
    private const int Slab = 32;

    private readonly float* _a;
    private readonly int _n;
    private readonly AlignedBuffer _panel;
    private readonly ParallelOptions _parallel;

    private SymmetricInverse(AlignedBuffer a, int n, ParallelOptions parallel)
    {
        _a = a.Pointer;
        _n = n;
        _panel = new AlignedBuffer((long)BlockRows * n);
        _parallel = parallel;
    }

    /// <summary>n rounded up to what <see cref="Invert"/> takes.</summary>
    public static int Padded(int n) => (n + Slab - 1) / Slab * Slab;

    /// <summary>Replaces A by its inverse.</summary>
    /// <param name="a">A, n × n, row-major; only the upper triangle is read. Afterwards A⁻¹, both triangles.</param>
    /// <param name="n">A multiple of 32; pad with a unit diagonal.</param>
    /// <param name="parallel">How many threads, and when to stop.</param>
    /// <exception cref="ArithmeticException">A is not positive definite.</exception>
    public static void Invert(AlignedBuffer a, int n, ParallelOptions parallel)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(n % Slab, 0, nameof(n));
        using SymmetricInverse work = new(a, n, parallel);
        for (int start = 0; start < n; start += BlockRows)
        {
            work.Sweep(start, Math.Min(BlockRows, n - start));
        }

        Parallel.For(0, n, parallel, work.NegateAndMirror);
    }

    /// <inheritdoc/>
    public void Dispose() => _panel.Dispose();

    private void Sweep(int start, int rows)
    {
        double[] factor = Factor(start, rows);
        Parallel.For(0, _n / Slab, _parallel, slab =>
        {
            Load(slab, start, rows);
            Forward(slab, rows, factor);
        });
        Parallel.For(0, _n / Slab, _parallel, slab => Update(slab, rows));
        Parallel.For(0, _n / Slab, _parallel, slab =>
        {
            Backward(slab, rows, factor);
            StoreBack(slab, start, rows);
        });
        StoreBlock(start, rows, factor);
    }

    private double[] Factor(int start, int rows)
    {
        double[] block = new double[rows * rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                block[(i * rows) + j] = _a[((long)(start + j) * _n) + start + i];
            }
        }

        Cholesky.Factor<double>(block, rows);
        return block;
    }

    private float* SlabOf(int slab) => _panel.Pointer + ((long)slab * Slab * BlockRows);

    /// <summary>Copies the block's rows of one slab of columns; entries left of the diagonal are read from above
    /// it, the block's own are zero.</summary>
    private void Load(int slab, int start, int rows)
    {
        float* target = SlabOf(slab);
        int column = slab * Slab;
        for (int row = 0; row < rows; row++)
        {
            for (int lane = 0; lane < Slab; lane++)
            {
                target[(row * Slab) + lane] =
                    column + lane < start ? _a[((long)(column + lane) * _n) + start + row]
                    : column < start + rows ? 0
                    : _a[((long)(start + row) * _n) + column + lane];
            }
        }
    }

    /// <summary>T = L⁻¹·P within a slab.</summary>
    private void Forward(int slab, int rows, double[] factor)
    {
        float* t = SlabOf(slab);
        for (int row = 0; row < rows; row++)
        {
            for (int above = 0; above < row; above++)
            {
                AddScaled(t + (row * Slab), t + (above * Slab), (float)-factor[(row * rows) + above]);
            }

            Scale(t + (row * Slab), (float)(1 / factor[(row * rows) + row]));
        }
    }

    /// <summary>L⁻ᵀ·T within a slab.</summary>
    private void Backward(int slab, int rows, double[] factor)
    {
        float* t = SlabOf(slab);
        for (int row = rows - 1; row >= 0; row--)
        {
            for (int below = row + 1; below < rows; below++)
            {
                AddScaled(t + (row * Slab), t + (below * Slab), (float)-factor[(below * rows) + row]);
            }

            Scale(t + (row * Slab), (float)(1 / factor[(row * rows) + row]));
        }
    }

    /// <summary>Takes TᵀT from the columns of one slab, from the top down to the diagonal.</summary>
    private void Update(int slab, int rows)
    {
        for (int row = 0; row < (slab + 1) * Slab; row += SymmetricUpdate<Lanes128>.TileRows)
        {
            float* left = SlabOf(row / Slab) + (row % Slab);
            Kernels.AddStrip(left, SlabOf(slab), rows, Slab, Slab, _a + ((long)row * _n) + (slab * Slab), _n, -1);
        }
    }

    private void StoreBack(int slab, int start, int rows)
    {
        float* source = SlabOf(slab);
        int column = slab * Slab;
        for (int row = 0; row < rows; row++)
        {
            for (int lane = 0; lane < Slab; lane++)
            {
                if (column + lane < start)
                {
                    _a[((long)(column + lane) * _n) + start + row] = source[(row * Slab) + lane];
                }
                else if (column >= start + rows)
                {
                    _a[((long)(start + row) * _n) + column + lane] = source[(row * Slab) + lane];
                }
            }
        }
    }

    private void StoreBlock(int start, int rows, double[] factor)
    {
        double[] unit = new double[rows];
        for (int column = 0; column < rows; column++)
        {
            Array.Clear(unit);
            unit[column] = 1;
            Cholesky.Solve<double>(factor, unit);
            for (int row = 0; row <= column; row++)
            {
                _a[((long)(start + row) * _n) + start + column] = (float)-unit[row];
            }
        }
    }

    private void NegateAndMirror(int row)
    {
        for (int column = row; column < _n; column++)
        {
            float value = -_a[((long)row * _n) + column];
            _a[((long)row * _n) + column] = value;
            _a[((long)column * _n) + row] = value;
        }
    }

    private static void AddScaled(float* target, float* source, float factor)
    {
        Lanes128 factors = Lanes128.Spread(factor);
        for (int lane = 0; lane < Slab; lane += Lanes128.Count)
        {
            Lanes128.Store(Lanes128.MultiplyAdd(factors, Lanes128.Load(source + lane), Lanes128.Load(target + lane)), target + lane);
        }
    }

    private static void Scale(float* target, float factor)
    {
        for (int lane = 0; lane < Slab; lane++)
        {
            target[lane] *= factor;
        }
    }
}
