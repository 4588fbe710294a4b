using Aisle.Local.DuckDb;
using Aisle.Testing;
using DuckDB.NET.Data;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Local.Tests.DuckDb;

public sealed class DuckDbLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbDatabase _database;

    public DuckDbLogTests() => _database = new DuckDbDatabase(_folder.File("warehouse.duckdb"), 1, new FakeTimeProvider());

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_slate_is_logged_with_every_position_and_its_propensity()
    {
        await new DuckDbSlateLog(_database).AppendAsync([Some.Slate("s", "x", "y") with { Seed = ulong.MaxValue }], TestContext.Current.CancellationToken);

        Assert.Equal(2L, Scalar("SELECT COUNT(*) FROM slate_items i JOIN slates s USING (slate_id) WHERE propensity = 1 AND seed = 18446744073709551615"));
    }

    [Fact]
    public async Task Exposures_are_logged()
    {
        await new DuckDbExposureLog(_database).AppendAsync([Some.Exposure("a"), Some.Exposure("b", "treatment")], TestContext.Current.CancellationToken);

        Assert.Equal(1L, Scalar("SELECT COUNT(*) FROM exposures WHERE variant = 'treatment' AND experiment = 'home-hybrid'"));
    }

    private object? Scalar(string sql)
    {
        using DuckDBConnection connection = _database.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
