namespace Aisle.IngestEvent.Collecting;

/// <summary>Bounds the bytes of bodies that are under way at once, so that a flood costs answers of 503 and not memory.</summary>
/// <param name="maxBytes">How many bytes may be under way.</param>
public sealed class Admission(long maxBytes)
{
    /// <summary>64 MiB of bodies; with what is made of them, some hundreds of MiB at worst.</summary>
    public const long DefaultMaxBytes = 64 * 1024 * 1024;

    private long _bytes;

    /// <summary>Takes a request in.</summary>
    /// <param name="bytes">How large its body may become.</param>
    /// <returns>To be disposed when the request is answered; null when too much is under way.</returns>
    public Ticket? TryEnter(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= maxBytes)
        {
            return new Ticket(this, bytes);
        }

        Interlocked.Add(ref _bytes, -bytes);
        return null;
    }

    /// <summary>A request under way.</summary>
    public sealed class Ticket : IDisposable
    {
        private readonly Admission _admission;
        private long _bytes;

        internal Ticket(Admission admission, long bytes)
        {
            _admission = admission;
            _bytes = bytes;
        }

        /// <summary>The request is answered.</summary>
        public void Dispose() => Interlocked.Add(ref _admission._bytes, -Interlocked.Exchange(ref _bytes, 0));
    }
}
