using System.Threading.Channels;

namespace Aisle.ScoreUser.Logging;

/// <summary>What waits to be written to one log. An entry leaves when it is written and not before, so a fault or
/// a stop in the middle loses none.</summary>
/// <typeparam name="TWaiting">As it comes from the answers.</typeparam>
/// <typeparam name="TEntry">As it is written.</typeparam>
/// <param name="capacity">How many may wait.</param>
/// <param name="entryOf">Makes the entry, behind the answers' back.</param>
internal sealed class LogBuffer<TWaiting, TEntry>(int capacity, Func<TWaiting, TEntry> entryOf)
{
    private const int BatchSize = 1_000;

    private readonly Channel<TWaiting> _waiting = Channel.CreateBounded<TWaiting>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private readonly List<TEntry> _unwritten = [];

    /// <summary>Whether the last batch is still to be written.</summary>
    public bool HasUnwritten => _unwritten.Count > 0;

    /// <summary>Takes an entry in; at once.</summary>
    /// <returns>False when there is no place.</returns>
    public bool TryAdd(TWaiting entry) => _waiting.Writer.TryWrite(entry);

    /// <summary>Waits until something waits.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _waiting.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Writes what waits now, batch by batch; one at a time.</summary>
    public async Task FlushAsync(Func<IReadOnlyList<TEntry>, CancellationToken, Task> append, CancellationToken cancellationToken)
    {
        while (FillUp().Count > 0)
        {
            await append(_unwritten, cancellationToken);
            _unwritten.Clear();
        }
    }

    private List<TEntry> FillUp()
    {
        while (_unwritten.Count < BatchSize && _waiting.Reader.TryRead(out TWaiting? waiting))
        {
            _unwritten.Add(entryOf(waiting));
        }

        return _unwritten;
    }
}
