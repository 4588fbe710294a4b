using System.Buffers.Binary;
using System.Text;
using Aisle.Candidates;
using Aisle.Events;

namespace Aisle.Local.Sqlite;

/// <summary>A candidate list as bytes: about 20 an item, a third of JSON, read without a parser.</summary>
/// <remarks>version u8 · strategy u8 · generated i64 (microseconds) · count u16 · count × (score f32 · source u8 · id length u16 · id UTF-8). Little-endian.
/// An id of 128 UTF-16 units has up to 384 bytes, hence the two bytes of its length.</remarks>
internal static class CandidateListBytes
{
    private const byte Version = 1;
    private const int HeaderLength = 12;
    private const int ItemOverhead = 7;

    public static byte[] Write(CandidateList list)
    {
        byte[] bytes = new byte[HeaderLength + list.Items.Sum(item => ItemOverhead + Encoding.UTF8.GetByteCount(item.Product.Value))];
        bytes[0] = Version;
        bytes[1] = (byte)list.Strategy;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(2), SqliteTime.ToMicros(list.GeneratedAt));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(10), (ushort)list.Items.Count);
        int offset = HeaderLength;
        foreach (Candidate item in list.Items)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(offset), item.Score);
            bytes[offset + 4] = (byte)item.Source;
            int length = Encoding.UTF8.GetBytes(item.Product.Value, bytes.AsSpan(offset + ItemOverhead));
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(offset + 5), (ushort)length);
            offset += ItemOverhead + length;
        }

        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes are of another version or cut short.</exception>
    public static CandidateList Read(UserId user, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || bytes[0] != Version)
        {
            throw new InvalidDataException("A stored candidate list is damaged or of another version; run retrain to write it anew.");
        }

        Candidate[] items = new Candidate[BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..])];
        int offset = HeaderLength;
        for (int i = 0; i < items.Length; i++)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(offset + 5)..]);
            items[i] = new Candidate(
                new ProductId(Encoding.UTF8.GetString(bytes.Slice(offset + ItemOverhead, length))),
                BinaryPrimitives.ReadSingleLittleEndian(bytes[offset..]),
                (CandidateSource)bytes[offset + 4]);
            offset += ItemOverhead + length;
        }

        return new CandidateList(user, (Strategy)bytes[1], items, SqliteTime.FromMicros(BinaryPrimitives.ReadInt64LittleEndian(bytes[2..])));
    }
}
