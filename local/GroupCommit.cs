using Aisle.Ports;

namespace Aisle.Local;

/// <summary>Lets calls that arrive while a transaction is under way share the next one: the first to get its turn writes for all
/// who wait. A lone call waits for nobody, and under load the cost of a commit is shared; nobody waits longer than for the
/// transaction under way and the next.</summary>
/// <typeparam name="TItem">What is written.</typeparam>
/// <typeparam name="TResult">What each call learns.</typeparam>
/// <param name="name">The store, for complaints.</param>
/// <param name="maxBytes">The most that may wait in memory; a call beyond it is refused, so that memory stays bounded.</param>
/// <param name="maxPerTransaction">How many calls share a transaction at most.</param>
/// <param name="write">Writes the items of several calls in one transaction, and answers for each, in order.</param>
internal sealed class GroupCommit<TItem, TResult>(
    string name, long maxBytes, int maxPerTransaction, Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> write) : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<Call> _waiting = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _bytes;

    /// <summary>Writes one call's item.</summary>
    /// <param name="item">What to write.</param>
    /// <param name="bytes">About how much memory it holds until it is written.</param>
    /// <param name="cancellationToken">Gives up waiting; the item may be written all the same.</param>
    /// <exception cref="StoreUnavailableException">Too much waits already, or the store cannot take it.</exception>
    public async Task<TResult> WriteAsync(TItem item, long bytes, CancellationToken cancellationToken)
    {
        Call mine = Enqueue(item, bytes);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!mine.Done.Task.IsCompleted)
            {
                await WriteWaitingAsync(mine, CancellationToken.None); // others wait for the same transaction
            }
        }
        finally
        {
            _turn.Release();
        }

        return await mine.Done.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private Call Enqueue(TItem item, long bytes)
    {
        lock (_lock)
        {
            if (_bytes > 0 && _bytes + bytes > maxBytes)
            {
                throw new StoreUnavailableException($"{name} is behind: {_bytes:N0} bytes wait to be written already. Send more slowly.", RetryAfter, null);
            }

            Call call = new(item, bytes);
            _bytes += bytes;
            _waiting.Enqueue(call);
            return call;
        }
    }

    private async Task WriteWaitingAsync(Call mine, CancellationToken cancellationToken)
    {
        while (!mine.Done.Task.IsCompleted)
        {
            List<Call> calls = Take();
            try
            {
                IReadOnlyList<TResult> results = await write([.. calls.Select(call => call.Item)], cancellationToken);
                for (int i = 0; i < calls.Count; i++)
                {
                    calls[i].Done.SetResult(results[i]);
                }
            }
            catch (Exception fault)
            {
                calls.ForEach(call => call.Done.TrySetException(fault)); // each caller meets it at its own await
            }
            finally
            {
                Forget(calls);
            }
        }
    }

    private List<Call> Take()
    {
        lock (_lock)
        {
            List<Call> calls = [];
            while (calls.Count < maxPerTransaction && _waiting.TryDequeue(out Call? call))
            {
                calls.Add(call);
            }

            return calls;
        }
    }

    private void Forget(List<Call> calls)
    {
        lock (_lock)
        {
            _bytes -= calls.Sum(call => call.Bytes);
        }
    }

    private sealed record Call(TItem Item, long Bytes)
    {
        public TaskCompletionSource<TResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
