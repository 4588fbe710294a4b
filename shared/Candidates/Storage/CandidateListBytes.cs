using System.Buffers.Binary;
using System.Text;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Shoppers;
using Aisle.Events;

namespace Aisle.Candidates.Storage;

/// <summary>A candidate list as bytes, as the embedded store and the cache keep it: about 20 an item, a third of
/// JSON, read without a parser.</summary>
/// <remarks>version u8 · strategy u8 · generated i64 (microseconds since 1970, UTC) · count u16 · count × (score f32 · source u8 · id
/// length u16 · id UTF-8). Little-endian. An id of 128 UTF-16 units has up to 384 bytes, hence the two bytes of its length.</remarks>
public static class CandidateListBytes
{
    private const byte Version = 1;
    private const int HeaderLength = 12;
    private const int ItemOverhead = 7;

    /// <summary>The list's bytes; its user is the key beside them and is not among them.</summary>
    public static byte[] Write(CandidateList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        byte[] bytes = new byte[HeaderLength + list.Items.Sum(item => ItemOverhead + Encoding.UTF8.GetByteCount(item.Product.Value))];
        bytes[0] = Version;
        bytes[1] = (byte)list.Strategy;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(2), (list.GeneratedAt.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);
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

    /// <summary>The list of the bytes.</summary>
    /// <param name="user">Whose it is.</param>
    /// <param name="bytes">As written.</param>
    /// <exception cref="InvalidDataException">The bytes are of another version or cut short.</exception>
    public static CandidateList Read(UserId user, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || bytes[0] != Version || !Enum.IsDefined((Strategy)bytes[1]))
        {
            throw Damaged();
        }

        Candidate[] items = new Candidate[BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..])];
        ReadOnlySpan<byte> rest = bytes[HeaderLength..];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = ReadItem(ref rest);
        }

        long micros = BinaryPrimitives.ReadInt64LittleEndian(bytes[2..]);
        return new CandidateList(user, (Strategy)bytes[1], items, DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond));
    }

    private static Candidate ReadItem(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < ItemOverhead || BinaryPrimitives.ReadUInt16LittleEndian(rest[5..]) is var length && rest.Length < ItemOverhead + length)
        {
            throw Damaged();
        }

        Candidate item = new(
            new ProductId(Encoding.UTF8.GetString(rest.Slice(ItemOverhead, length))), BinaryPrimitives.ReadSingleLittleEndian(rest), (CandidateSource)rest[4]);
        rest = rest[(ItemOverhead + length)..];
        return item;
    }

    private static InvalidDataException Damaged() => new("A stored candidate list is damaged or of another version; run retrain to write it anew.");
}
