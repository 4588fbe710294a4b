using Aisle.Events;
using Aisle.RetrainTrigger;
using Aisle.RetrainTrigger.Steps;
using Aisle.Sql;

namespace Aisle.Host.Exporting;

/// <summary>The shoppers who touched something in the window of feedback, by pseudonym.</summary>
/// <param name="reader">Reads the history.</param>
/// <param name="clock">Now.</param>
/// <param name="options">How long the window is.</param>
internal sealed class KnownShoppers(TrainingReader reader, TimeProvider clock, RetrainOptions options) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private UserId[] _users = [];
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;

    /// <summary>Those who follow a pseudonym.</summary>
    /// <param name="after">The pseudonym; null for the first. The first call of an export reads the shoppers anew.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<UserId>> AfterAsync(string? after, int count, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (after is null || clock.GetUtcNow() - _readAt > Fresh)
            {
                await ReadAsync(cancellationToken);
            }

            int first = after is null ? 0 : Array.BinarySearch(_users, new UserId(after));
            first = after is null ? 0 : first >= 0 ? first + 1 : ~first;
            return _users[first..Math.Min(_users.Length, first + count)];
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        HashSet<UserId> users = [];
        await foreach (UserItemScore row in reader.ScoresAsync(options.Recipe.Feedback, now - options.Recipe.Feedback.Window, now, cancellationToken))
        {
            users.Add(row.User);
        }

        (_users, _readAt) = ([.. users.Order()], now);
    }
}
