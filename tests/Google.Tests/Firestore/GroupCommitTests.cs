using Aisle.GoogleCloud.Firestore;

namespace Aisle.GoogleCloud.Tests.Firestore;

public sealed class GroupCommitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_comes_during_a_commit_goes_together_into_the_next()
    {
        List<int[]> commits = [];
        TaskCompletionSource first = new();
        using GroupCommit<int> group = new((items, _) =>
        {
            commits.Add([.. items]);
            return commits.Count == 1 ? first.Task : Task.CompletedTask;
        });

        Task one = group.CommitAsync([1], Token);
        Task[] others = [.. Enumerable.Range(2, 100).Select(item => group.CommitAsync([item], Token))];
        first.SetResult();
        await Task.WhenAll(others.Prepend(one));

        Assert.Equal(2, commits.Count);
        Assert.Equal(Enumerable.Range(2, 100), commits[1]);
    }

    [Fact]
    public async Task A_commit_that_fails_fails_for_all_who_brought_something_and_for_nobody_else()
    {
        int commits = 0;
        using GroupCommit<int> group = new((_, _) => ++commits == 1 ? Task.FromException(new IOException("down")) : Task.CompletedTask);

        await Assert.ThrowsAsync<IOException>(() => group.CommitAsync([1], Token));
        await group.CommitAsync([2], Token);

        Assert.Equal(2, commits);
    }
}
