using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Aisle.Numerics;

namespace Aisle.Factorization;

/// <summary>A block of at most 32 users rounded to 8 bits, with what bounds the error of their scores.</summary>
/// <param name="items">The catalogue that they are scored against.</param>
internal sealed unsafe class QuantizedUsers(QuantizedItems items) : IDisposable
{
    /// <summary>Rounding in float32 may move a score by less than this share of length · length.</summary>
    private const float FloatSlack = 2e-5f;

    /// <summary>Rounding of the bar itself moves it by less than this many steps, which are whole numbers up to about a million.</summary>
    private const float BarSlack = 3;

    private const int Block = PackedItems.Slab;

    private readonly AlignedBuffer _fours = new((long)Block * items.Fours);
    private readonly AlignedBuffer _exact = new((long)Block * items.Stride);
    private readonly sbyte[] _steps = new sbyte[items.Stride];
    private readonly float[] _inverseScales = new float[Block];
    private readonly float[] _errors = new float[Block];
    private readonly float[] _lengths = new float[Block];
    private readonly int[] _offsets = new int[Block];

    /// <summary>The exact score that matters to each user; plus infinity for a place without a user.</summary>
    public float[] Thresholds { get; } = new float[Block];

    /// <summary>What a user's whole-number scores in the current slab must exceed.</summary>
    public int[] Bars { get; } = new int[Block];

    /// <summary>Four factors in each number, of one user after the other.</summary>
    public int* FoursOf(int user) => (int*)_fours.Pointer + ((long)user * items.Fours);

    /// <summary>A user's exact factors, padded with zeros.</summary>
    public float* ExactOf(int user) => _exact.Pointer + ((long)user * items.Stride);

    /// <inheritdoc/>
    public void Dispose()
    {
        _fours.Dispose();
        _exact.Dispose();
    }

    /// <summary>Forgets all users.</summary>
    public void Clear() => Array.Fill(Thresholds, float.PositiveInfinity);

    /// <summary>Rounds one user.</summary>
    /// <param name="user">Where in the block.</param>
    /// <param name="factors">The user's factors.</param>
    public void Load(int user, ReadOnlySpan<float> factors)
    {
        factors.CopyTo(new Span<float>(ExactOf(user), items.Stride));
        float largest = Math.Abs(TensorPrimitives.MaxMagnitude(factors));
        float scale = largest == 0 ? 1 : largest / 127;
        _errors[user] = QuantizedItems.Round(factors, scale, _steps);
        _inverseScales[user] = 1 / scale;
        _lengths[user] = TensorPrimitives.Norm(factors);
        Thresholds[user] = float.NegativeInfinity;
        int sum = 0;
        sbyte* target = (sbyte*)FoursOf(user);
        for (int factor = 0; factor < _steps.Length; factor++)
        {
            target[factor] = _steps[factor];
            sum += _steps[factor];
        }

        _offsets[user] = 128 * sum;
    }

    /// <summary>Sets what each user's whole-number scores in a slab must exceed for an exact score to reach the threshold.</summary>
    /// <param name="slab">The slab.</param>
    /// <returns>Whether any user can still find a better item in this slab or a later one; a user who cannot has the bar <see cref="int.MaxValue"/>.</returns>
    /// <remarks>|x·y − x̂·ŷ| ≤ ‖x − x̂‖·‖y‖ + ‖x̂‖·‖y − ŷ‖, and x·y ≤ ‖x‖·‖y‖.</remarks>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool RaiseBars(int slab)
    {
        Vector256<float> longest = Vector256.Create(items.Packed.LongestOfSlab[slab]);
        Vector256<float> itemError = Vector256.Create(items.LargestErrors[slab]);
        Vector256<float> inverseScale = Vector256.Create(1 / items.Scales[slab]);
        Vector256<int> open = default;
        for (int user = 0; user < Block; user += Vector256<float>.Count)
        {
            Vector256<float> threshold = Vector256.LoadUnsafe(ref Thresholds[user]);
            Vector256<float> length = Vector256.LoadUnsafe(ref _lengths[user]);
            Vector256<float> userError = Vector256.LoadUnsafe(ref _errors[user]);
            Vector256<float> most = length * longest * Vector256.Create(1 + FloatSlack);
            Vector256<float> error = (userError * longest) + ((length + userError) * itemError) + (most * Vector256.Create(FloatSlack));
            Vector256<float> bar = ((threshold - error) * inverseScale * Vector256.LoadUnsafe(ref _inverseScales[user])) - Vector256.Create(BarSlack);
            bar = Vector256.Min(Vector256.Max(bar, Vector256.Create(-1e9f)), Vector256.Create(1e9f));
            Vector256<int> whole = Vector256.ConvertToInt32(bar) + Vector256.LoadUnsafe(ref _offsets[user]);
            Vector256<int> canImprove = Vector256.GreaterThanOrEqual(most, threshold).AsInt32();
            Vector256.ConditionalSelect(canImprove, whole, Vector256.Create(int.MaxValue)).StoreUnsafe(ref Bars[user]);
            open |= canImprove;
        }

        return open != default;
    }
}
