using Aisle.Factorization.Ranking;
using Aisle.Numerics;

namespace Aisle.Tests.Factorization.Ranking;

/// <summary>Six users' bytes as a byte kernel wants them.</summary>
internal sealed unsafe class QuantizedUserRows : IDisposable
{
    private readonly int _fours;
    private readonly int _row;
    private readonly AlignedBuffer _buffer;

    /// <summary>Draws factors of at most 40 steps, so that 16 products with as many fit 16 bits.</summary>
    public QuantizedUserRows(int fours, SeededRandom random)
    {
        _fours = fours;
        _row = fours + ((fours + ByteScores.Chunk - 1) / ByteScores.Chunk);
        _buffer = new AlignedBuffer(ByteScores.Users * _row);
        for (int user = 0; user < ByteScores.Users; user++)
        {
            sbyte* factors = (sbyte*)(_buffer.Pointer + (user * _row));
            short* starts = (short*)(factors + (4 * fours));
            for (int factor = 0; factor < 4 * fours; factor++)
            {
                factors[factor] = (sbyte)(random.NextInt(81) - 40);
                starts[(factor / (4 * ByteScores.Chunk) * 2) + (factor / 2 % 2)] -= (short)(128 * factors[factor]);
            }
        }
    }

    /// <summary>What a kernel finds, as text.</summary>
    public string Find(ByteScores.Kernel kernel, byte[] bytes, int tiles, int[] bars)
    {
        int[] scores = new int[ByteScores.Users * ByteScores.Items];
        uint[] reaching = new uint[ByteScores.Users];
        int** users = stackalloc int*[ByteScores.Users];
        for (int user = 0; user < ByteScores.Users; user++)
        {
            users[user] = (int*)_buffer.Pointer + (user * _row);
        }

        fixed (byte* tile = bytes)
        fixed (int* bar = bars, score = scores)
        fixed (uint* bits = reaching)
        {
            int found = kernel(tile, tiles, users, bar, _fours, score, bits);
            return found == tiles ? $"{found}" : $"{found}: {string.Join(' ', scores)}; {string.Join(' ', reaching)}";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
