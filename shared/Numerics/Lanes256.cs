using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Aisle.Numerics;

/// <summary>Eight lanes: AVX2.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Lanes256>
{
    private readonly Vector256<float> _value;

    internal Lanes256(Vector256<float> value) => _value = value;

    /// <inheritdoc/>
    public static int Count => Vector256<float>.Count;

    /// <inheritdoc/>
    public static bool IsAccelerated => Vector256.IsHardwareAccelerated;

    /// <inheritdoc/>
    public static Lanes256 Zero => new(Vector256<float>.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(float* source) => new(Vector256.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Spread(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend) =>
        new(Vector256.MultiplyAddEstimate(left._value, right._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Multiply(Lanes256 left, Lanes256 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Add(Lanes256 left, Lanes256 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes256 value) => Vector256.Sum(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Lanes256 first, Lanes256 second, Lanes256 third, Lanes256 fourth)
    {
        if (!Avx.IsSupported)
        {
            return Vector128.Create(Sum(first), Sum(second), Sum(third), Sum(fourth));
        }

        Vector256<double> near = (Avx.UnpackLow(first._value, second._value) + Avx.UnpackHigh(first._value, second._value)).AsDouble();
        Vector256<double> far = (Avx.UnpackLow(third._value, fourth._value) + Avx.UnpackHigh(third._value, fourth._value)).AsDouble();
        Vector256<float> halves = Avx.UnpackLow(near, far).AsSingle() + Avx.UnpackHigh(near, far).AsSingle();
        return halves.GetLower() + halves.GetUpper();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyReaches(Lanes256 value, Lanes256 threshold) => Vector256.GreaterThanOrEqualAny(value._value, threshold._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Divide(Lanes256 left, Lanes256 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SquareRoot(Lanes256 value) => new(Vector256.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTransposed(Lanes256 row0, Lanes256 row1, Lanes256 row2, Lanes256 row3, float* target, long stride)
    {
        if (!Avx.IsSupported)
        {
            Lanes128.StoreTransposed(row0.Lower, row1.Lower, row2.Lower, row3.Lower, target, stride);
            Lanes128.StoreTransposed(row0.Upper, row1.Upper, row2.Upper, row3.Upper, target + (4 * stride), stride);
            return;
        }

        Vector256<double> low01 = Avx.UnpackLow(row0._value, row1._value).AsDouble(), high01 = Avx.UnpackHigh(row0._value, row1._value).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(row2._value, row3._value).AsDouble(), high23 = Avx.UnpackHigh(row2._value, row3._value).AsDouble();
        StoreHalves(Avx.UnpackLow(low01, low23).AsSingle(), target, 4 * stride);
        StoreHalves(Avx.UnpackHigh(low01, low23).AsSingle(), target + stride, 4 * stride);
        StoreHalves(Avx.UnpackLow(high01, high23).AsSingle(), target + (2 * stride), 4 * stride);
        StoreHalves(Avx.UnpackHigh(high01, high23).AsSingle(), target + (3 * stride), 4 * stride);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, float* target) => Vector256.Store(value._value, target);

    private Lanes128 Lower => new(_value.GetLower());

    private Lanes128 Upper => new(_value.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves(Vector256<float> value, float* target, long stride)
    {
        value.GetLower().Store(target);
        value.GetUpper().Store(target + stride);
    }
}
