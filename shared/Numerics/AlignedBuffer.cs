using System.Runtime.InteropServices;

namespace Aisle.Numerics;

/// <summary>Float32 scratch outside the managed heap, aligned to a cache line, so that a vector never straddles two, and on large pages
/// where it is large. Zero at first.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const int CacheLine = 64;

    private float* _pointer;

    /// <summary>Reserves the memory.</summary>
    /// <param name="length">How many numbers, not negative.</param>
    public AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        nuint bytes = (nuint)Math.Max(length, 1) * sizeof(float);
        Length = length;
        bool large = bytes >= 2 * LargePages.Bytes;
        _pointer = (float*)NativeMemory.AlignedAlloc(bytes, large ? LargePages.Bytes : (nuint)CacheLine);
        if (large)
        {
            LargePages.Advise(_pointer, bytes);
        }

        NativeMemory.Clear(_pointer, bytes);
    }

    /// <summary>Frees the memory if its owner forgot to.</summary>
    ~AlignedBuffer() => Free();

    /// <summary>How many numbers it holds.</summary>
    public long Length { get; }

    /// <summary>The first number.</summary>
    /// <exception cref="ObjectDisposedException">The memory was given back.</exception>
    public float* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pointer is null, this);
            return _pointer;
        }
    }

    /// <summary>A part of it as a span.</summary>
    public Span<float> Slice(long start, int length) => new(Pointer + start, length);

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
    }
}
