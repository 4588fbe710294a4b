using Aisle.Events;
using Aisle.Local.Sqlite;
using Aisle.Ports;
using Aisle.Testing;

namespace Aisle.Local.Tests.Sqlite;

public sealed class VisitorSearchTests : IDisposable
{
    private readonly SqliteFile _file = new(SqliteProfileStore.Schema);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(100)]
    public async Task Every_page_is_looked_at(int atOnce)
    {
        SqliteProfileStore store = new(_file.Database);
        await store.WriteAsync(
            [.. Enumerable.Range(0, 20).Select(i => Some.Profile($"visitor-{i:00}") with { Login = new Login(Some.User(i % 3 == 0 ? "anna" : "ben"), Some.Instant) }).Select(profile => new ProfileWrite(profile, null))],
            Token);

        IReadOnlyList<UserId> found = new VisitorSearch(_file.Database, atOnce).Find(Some.User("anna"), Token);

        Assert.Equal(["visitor-00", "visitor-03", "visitor-06", "visitor-09", "visitor-12", "visitor-15", "visitor-18"], found.Select(user => user.Value));
    }

    [Fact]
    public async Task A_damaged_document_that_names_the_user_is_found_and_one_that_does_not_hinders_nobody()
    {
        await _file.Database.WriteAsync(
            session => session.Run("INSERT INTO profiles VALUES ('torn', 1, 0, CAST('xx anna' AS BLOB)), ('torn too', 1, 0, CAST('xx' AS BLOB)), ('torn json', 1, 0, CAST('{\"User\": anna' AS BLOB))"), Token);

        Assert.Equal([Some.User("torn"), Some.User("torn json")], new VisitorSearch(_file.Database, 10).Find(Some.User("anna"), Token));
    }
}
