using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Aisle.Numerics;

namespace Aisle.Factorization.Ranking;

/// <summary>A block of users rounded to 8 bits, with what bounds the error of their scores.</summary>
/// <param name="items">The catalogue that they are scored against.</param>
internal sealed unsafe class QuantizedUsers(QuantizedItems items) : IDisposable
{
    /// <summary>Users of a block, a multiple of 8 and of the six that a register tile holds.</summary>
    public const int Block = 48;

    /// <summary>The place of nobody: whose factors are zero and who is always finished.</summary>
    public const int Nobody = Block;

    /// <summary>Two products of a byte up to 255 with as many steps fit 16 bits.</summary>
    private const int MostSteps = 63;

    /// <summary>Rounding in float32 may move a score by less than this share of length · length.</summary>
    private const float FloatSlack = 2e-5f;

    /// <summary>Rounding of a bound moves it by less than this many steps, which are whole numbers up to some millions.</summary>
    private const float StepSlack = 3;

    private readonly int _row = items.Fours + ((items.Fours + ByteScores.Chunk - 1) / ByteScores.Chunk);
    private readonly AlignedBuffer _fours = new((Block + 1L) * (items.Fours + ((items.Fours + ByteScores.Chunk - 1) / ByteScores.Chunk)));
    private readonly AlignedBuffer _exact = new((long)Block * items.Stride);
    private readonly int[] _steps = new int[items.Stride];
    private readonly float[] _scales = new float[Block];
    private readonly float[] _errors = new float[Block];
    private readonly float[] _lengths = new float[Block];

    /// <summary>The score that matters to each user: what is known to be less than it is not wanted. Plus
    /// infinity for a place without a user.</summary>
    public float[] Thresholds { get; } = new float[Block];

    /// <summary>What a user's whole-number scores in the current panel must exceed; <see cref="int.MaxValue"/>
    /// for a user who is finished.</summary>
    public int[] Bars { get; } = [.. Enumerable.Repeat(int.MaxValue, Block + 1)];

    /// <summary>Four factors in each number, of one user, followed by what each chunk's sums start from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int* FoursOf(int user) => (int*)_fours.Pointer + ((long)user * _row);

    /// <summary>A user's exact factors, padded with zeros.</summary>
    public float* ExactOf(int user) => _exact.Pointer + ((long)user * items.Stride);

    /// <summary>Whether a user's factors are all zero.</summary>
    public bool IsZero(int user) => _lengths[user] == 0;

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
        Span<float> exact = new(ExactOf(user), items.Stride);
        factors.CopyTo(exact);
        _scales[user] = QuantizedItems.ScaleOf(Math.Abs(TensorPrimitives.MaxMagnitude(factors)) * (127f / MostSteps));
        _errors[user] = QuantizedItems.Round(exact, _scales[user], _steps);
        double excess = QuantizedItems.LongestChunk(_steps) * items.LargestChunk / short.MaxValue;
        while (excess > 1)
        {
            _scales[user] *= 1.01f * (float)excess;
            _errors[user] = QuantizedItems.Round(exact, _scales[user], _steps);
            excess = QuantizedItems.LongestChunk(_steps) * items.LargestChunk / short.MaxValue;
        }

        _lengths[user] = TensorPrimitives.Norm(factors);
        Thresholds[user] = _lengths[user] == 0 ? float.PositiveInfinity : float.NegativeInfinity;
        Pack(FoursOf(user));
    }

    /// <summary>Writes the steps, four in a number, and −128 times the sum of those that each 16-bit sum takes, two in a number.</summary>
    private void Pack(int* target)
    {
        new Span<int>(target + items.Fours, _row - items.Fours).Clear();
        for (int four = 0; four < items.Fours; four++)
        {
            ReadOnlySpan<int> steps = _steps.AsSpan(4 * four, 4);
            target[four] = (byte)steps[0] | ((byte)steps[1] << 8) | ((byte)steps[2] << 16) | (steps[3] << 24);
            short* starts = (short*)(target + items.Fours + (four / ByteScores.Chunk));
            starts[0] -= (short)(128 * (steps[0] + steps[1]));
            starts[1] -= (short)(128 * (steps[2] + steps[3]));
        }
    }

    /// <summary>What one step of a user's whole-number scores means in a panel.</summary>
    public float StepOf(int user, int panel) => _scales[user] * items.Scales[panel];

    /// <summary>By how much at most a user's score in a panel may differ from the exact one.</summary>
    /// <remarks>|x·y − x̂·ŷ| ≤ ‖x − x̂‖·‖y‖ + ‖x̂‖·‖y − ŷ‖.</remarks>
    public float ErrorOf(int user, int panel)
    {
        float length = items.Order.Lengths[panel * QuantizedItems.Panel];
        float rounding = (_errors[user] * length) + ((_lengths[user] + _errors[user]) * items.LargestErrors[panel]);
        return rounding + (FloatSlack * _lengths[user] * length) + (StepSlack * StepOf(user, panel));
    }

    /// <summary>Sets what each user's whole-number scores in a panel must exceed for an exact score to reach the threshold.</summary>
    /// <param name="panel">The panel.</param>
    /// <returns>Whether any user can still find a better item in this panel or a later one.</returns>
    /// <remarks>A user is finished when ‖x‖·‖y‖ of the longest item left falls short of the threshold (Cauchy–Schwarz).</remarks>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool RaiseBars(int panel)
    {
        Vector256<float> longest = Vector256.Create(items.Order.Lengths[panel * QuantizedItems.Panel]);
        Vector256<float> itemError = Vector256.Create(items.LargestErrors[panel]);
        Vector256<float> itemScale = Vector256.Create(items.Scales[panel]);
        Vector256<int> open = default;
        for (int user = 0; user < Block; user += Vector256<float>.Count)
        {
            Vector256<float> threshold = Vector256.LoadUnsafe(ref Thresholds[user]);
            Vector256<float> length = Vector256.LoadUnsafe(ref _lengths[user]);
            Vector256<float> userError = Vector256.LoadUnsafe(ref _errors[user]);
            Vector256<float> most = length * longest * Vector256.Create(1 + FloatSlack);
            Vector256<float> error = (userError * longest) + ((length + userError) * itemError) + (most * Vector256.Create(FloatSlack));
            Vector256<float> bar = ((threshold - error) / (itemScale * Vector256.LoadUnsafe(ref _scales[user]))) - Vector256.Create(StepSlack);
            bar = Vector256.Min(Vector256.Max(bar, Vector256.Create(-1e9f)), Vector256.Create(1e9f));
            Vector256<int> whole = Vector256.ConvertToInt32(bar);
            Vector256<int> canImprove = Vector256.GreaterThanOrEqual(most, threshold).AsInt32();
            Vector256.ConditionalSelect(canImprove, whole, Vector256.Create(int.MaxValue)).StoreUnsafe(ref Bars[user]);
            open |= canImprove;
        }

        return open != default;
    }
}
