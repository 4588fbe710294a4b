using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Aisle.Numerics;

/// <summary>Sixteen lanes: AVX-512.</summary>
internal readonly unsafe struct Lanes512 : ILanes<Lanes512>
{
    private readonly Vector512<float> _value;

    internal Lanes512(Vector512<float> value) => _value = value;

    /// <inheritdoc/>
    public static int Count => Vector512<float>.Count;

    /// <inheritdoc/>
    public static bool IsAccelerated => Vector512.IsHardwareAccelerated;

    /// <inheritdoc/>
    public static Lanes512 Zero => new(Vector512<float>.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(float* source) => new(Vector512.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Spread(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        new(Vector512.MultiplyAddEstimate(left._value, right._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Multiply(Lanes512 left, Lanes512 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Add(Lanes512 left, Lanes512 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes512 value) => Vector512.Sum(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Lanes512 first, Lanes512 second, Lanes512 third, Lanes512 fourth)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector128.Create(Sum(first), Sum(second), Sum(third), Sum(fourth));
        }

        Vector512<double> near = (Avx512F.UnpackLow(first._value, second._value) + Avx512F.UnpackHigh(first._value, second._value)).AsDouble();
        Vector512<double> far = (Avx512F.UnpackLow(third._value, fourth._value) + Avx512F.UnpackHigh(third._value, fourth._value)).AsDouble();
        Vector512<float> quarters = Avx512F.UnpackLow(near, far).AsSingle() + Avx512F.UnpackHigh(near, far).AsSingle();
        Vector256<float> halves = quarters.GetLower() + quarters.GetUpper();
        return halves.GetLower() + halves.GetUpper();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyReaches(Lanes512 value, Lanes512 threshold) => Vector512.GreaterThanOrEqualAny(value._value, threshold._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Divide(Lanes512 left, Lanes512 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SquareRoot(Lanes512 value) => new(Vector512.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTransposed(Lanes512 row0, Lanes512 row1, Lanes512 row2, Lanes512 row3, float* target, long stride)
    {
        if (!Avx512F.IsSupported)
        {
            Lanes256.StoreTransposed(row0.Lower, row1.Lower, row2.Lower, row3.Lower, target, stride);
            Lanes256.StoreTransposed(row0.Upper, row1.Upper, row2.Upper, row3.Upper, target + (8 * stride), stride);
            return;
        }

        Vector512<double> low01 = Avx512F.UnpackLow(row0._value, row1._value).AsDouble(), high01 = Avx512F.UnpackHigh(row0._value, row1._value).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(row2._value, row3._value).AsDouble(), high23 = Avx512F.UnpackHigh(row2._value, row3._value).AsDouble();
        StoreQuarters(Avx512F.UnpackLow(low01, low23).AsSingle(), target, 4 * stride);
        StoreQuarters(Avx512F.UnpackHigh(low01, low23).AsSingle(), target + stride, 4 * stride);
        StoreQuarters(Avx512F.UnpackLow(high01, high23).AsSingle(), target + (2 * stride), 4 * stride);
        StoreQuarters(Avx512F.UnpackHigh(high01, high23).AsSingle(), target + (3 * stride), 4 * stride);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 value, float* target) => Vector512.Store(value._value, target);

    private Lanes256 Lower => new(_value.GetLower());

    private Lanes256 Upper => new(_value.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarters(Vector512<float> value, float* target, long stride)
    {
        value.GetLower().GetLower().Store(target);
        Avx512F.ExtractVector128(value, 1).Store(target + stride);
        Avx512F.ExtractVector128(value, 2).Store(target + (2 * stride));
        Avx512F.ExtractVector128(value, 3).Store(target + (3 * stride));
    }
}
