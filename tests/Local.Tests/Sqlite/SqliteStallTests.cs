using Aisle.Local.Sqlite;

namespace Aisle.Local.Tests.Sqlite;

public sealed class SqliteStallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_reads_hang_the_next_caller_is_not_held()
    {
        using SqliteFile file = new(SqliteProfileStore.Schema);
        SqliteDatabase database = file.Database;
        using ManualResetEventSlim disk = new();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<int> hung = Task.Run(() => database.Read(_ => Hang(disk, begun)), Token);
        await begun.Task;
        await Task.Delay(100, Token);

        Task<int> next = database.ReadAsync(_ => Hang(disk, begun), Token); // returns, although its read does not

        Assert.False(next.IsCompleted);
        disk.Set();
        Assert.All(await Task.WhenAll(hung, next), answer => Assert.Equal(1, answer));
    }

    [Fact]
    public void A_read_that_answers_has_answered_when_it_returns()
    {
        using SqliteFile file = new(SqliteProfileStore.Schema);

        Assert.True(file.Database.ReadAsync(_ => 1, Token).IsCompletedSuccessfully);
    }

    private static int Hang(ManualResetEventSlim disk, TaskCompletionSource begun)
    {
        begun.TrySetResult();
        disk.Wait(Token);
        return 1;
    }
}
