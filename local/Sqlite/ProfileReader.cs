using System.Buffers.Binary;
using System.Text;
using Aisle.Events;

namespace Aisle.Local.Sqlite;

/// <summary>Reads the bytes of a document from front to back.</summary>
internal sealed class ProfileReader
{
    private readonly byte[] _bytes;
    private readonly string[] _texts;
    private int _at = 1;

    /// <summary>Reads the table of texts; what follows is the body.</summary>
    public ProfileReader(byte[] bytes)
    {
        _bytes = bytes;
        int count = Count();
        _texts = new string[count];
        for (int i = 0; i < count; i++)
        {
            int length = Whole();
            _texts[i] = Encoding.UTF8.GetString(Take(length));
        }
    }

    /// <summary>The version of the form.</summary>
    public byte Version => _bytes[0];

    public string? Text() => Whole() is > 0 and int place ? _texts[place - 1] : null;

    public EventStamp? Stamp() => Text() is { } id ? new EventStamp(Instant(), new EventId(id)) : null;

    public T[] List<T>(Func<ProfileReader, T> read)
    {
        int count = Count();
        T[] items = new T[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = read(this);
        }

        return items;
    }

    public byte Byte() => _bytes[_at++];

    public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public DateTimeOffset Instant() => SqliteTime.FromMicros(BinaryPrimitives.ReadInt64LittleEndian(Take(8)));

    public DateTimeOffset? InstantOrNull() =>
        BinaryPrimitives.ReadInt64LittleEndian(Take(8)) is var micros and not ProfileBytes.Never ? SqliteTime.FromMicros(micros) : null;

    public int Whole()
    {
        uint value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte part = _bytes[_at++];
            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                break;
            }
        }

        return (int)value;
    }

    /// <summary>How many entries follow: each takes a byte at least.</summary>
    private int Count()
    {
        int count = Whole();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length);
        return count;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = _bytes.AsSpan(_at, length);
        _at += length;
        return taken;
    }
}
