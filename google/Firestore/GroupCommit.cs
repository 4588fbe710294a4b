namespace Aisle.GoogleCloud.Firestore;

/// <summary>Commits what several callers bring at the same time in one go, one commit after the other: where a document can be changed
/// about once a second, that is how hundreds of changes a second fit.</summary>
/// <param name="commit">Commits; what was brought first comes first.</param>
internal sealed class GroupCommit<T>(Func<IReadOnlyList<T>, CancellationToken, Task> commit) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private Batch? _open;

    /// <summary>Brings items; when the task completes they are committed. A caller who gives up may have them
    /// committed with others' all the same.</summary>
    public async Task CommitAsync(IReadOnlyList<T> items, CancellationToken cancellationToken)
    {
        Batch batch = Join(items);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Close(batch))
            {
                batch.Work = commit(batch.Items, CancellationToken.None);
                await batch.Work;
            }
        }
        finally
        {
            _turn.Release();
        }

        await batch.Work;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private Batch Join(IReadOnlyList<T> items)
    {
        lock (_gate)
        {
            _open ??= new Batch();
            _open.Items.AddRange(items);
            return _open;
        }
    }

    /// <summary>True for the first of a batch whose turn it is: nobody joins it any more.</summary>
    private bool Close(Batch batch)
    {
        lock (_gate)
        {
            if (_open == batch)
            {
                _open = null;
                return true;
            }

            return false;
        }
    }

    private sealed class Batch
    {
        public List<T> Items { get; } = [];

        public Task Work { get; set; } = Task.CompletedTask;
    }
}
