using System.Text;
using Aisle.Events;

namespace Aisle.Experiments;

/// <summary>Many visitors divided into two halves again and again, each time by another salt: what an A/A calibration needs.</summary>
/// <remarks>The bucket is that of <see cref="Assignment.BucketOf"/>; the ids are encoded once. Safe for several threads.</remarks>
public sealed class SaltedSplit
{
    private const int StackBytes = 1024;

    private readonly byte[][] _ids;
    private readonly int _longest;

    /// <summary>Visitors to be divided.</summary>
    public SaltedSplit(IEnumerable<AssignmentId> visitors)
    {
        ArgumentNullException.ThrowIfNull(visitors);
        _ids = [.. visitors.Select(visitor => Encoding.UTF8.GetBytes(visitor.Value))];
        _longest = _ids.Length == 0 ? 0 : _ids.Max(id => id.Length);
    }

    /// <summary>How many visitors.</summary>
    public int Count => _ids.Length;

    /// <summary>Puts the lower half of the buckets into the treatment.</summary>
    /// <param name="salt">As an experiment's salt.</param>
    /// <param name="isTreatment">By visitor, in the order given; all are written.</param>
    /// <exception cref="ArgumentException">The span has another length than there are visitors.</exception>
    public void Split(string salt, Span<bool> isTreatment)
    {
        ArgumentNullException.ThrowIfNull(salt);
        if (isTreatment.Length != Count)
        {
            throw new ArgumentException($"There are {Count} visitors and room for {isTreatment.Length}.", nameof(isTreatment));
        }

        int prefix = Encoding.UTF8.GetByteCount(salt) + 1;
        Span<byte> bytes = prefix + _longest <= StackBytes ? stackalloc byte[prefix + _longest] : new byte[prefix + _longest];
        Encoding.UTF8.GetBytes(salt, bytes);
        bytes[prefix - 1] = (byte)':';
        for (int visitor = 0; visitor < isTreatment.Length; visitor++)
        {
            byte[] id = _ids[visitor];
            id.CopyTo(bytes[prefix..]);
            long remainder = FarmFingerprint.Of(bytes[..(prefix + id.Length)]) % Assignment.Buckets;
            isTreatment[visitor] = (remainder + Assignment.Buckets) % Assignment.Buckets < Assignment.Buckets / 2;
        }
    }
}
